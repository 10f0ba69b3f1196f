/** Scalar functions, a column at a time. */
@NullMarked
package io.millrace.executor.function;

import org.jspecify.annotations.NullMarked;
