/** One incremental operator per class. */
@NullMarked
package io.millrace.executor.operator;

import org.jspecify.annotations.NullMarked;
