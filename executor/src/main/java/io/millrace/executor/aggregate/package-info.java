/** Aggregate functions over columns: accumulators that add, merge and, where that is exact, subtract. */
@NullMarked
package io.millrace.executor.aggregate;

import org.jspecify.annotations.NullMarked;
