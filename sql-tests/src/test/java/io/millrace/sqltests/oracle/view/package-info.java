/**
 * The law of what is kept: after every statement a materialized view is what its query gives, and so is what a subscription has
 * added up.
 */
package io.millrace.sqltests.oracle.view;
