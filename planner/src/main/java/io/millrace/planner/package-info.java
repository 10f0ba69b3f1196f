/** A statement and the catalog to a plan. */
@NullMarked
package io.millrace.planner;

import org.jspecify.annotations.NullMarked;
