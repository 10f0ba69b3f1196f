/** Sub-queries, also those that read outer rows, become joins. */
@NullMarked
package io.millrace.planner.subquery;

import org.jspecify.annotations.NullMarked;
