/** Queries as small typed trees: each part prints itself as SQL, says by definition what it gives, and can be made smaller. */
package io.millrace.sqltests.oracle.query;
