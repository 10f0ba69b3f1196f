/** Views whose rows are kept: all take the same steps, and show the same position. */
@NullMarked
package io.millrace.executor.dataflow;

import org.jspecify.annotations.NullMarked;
