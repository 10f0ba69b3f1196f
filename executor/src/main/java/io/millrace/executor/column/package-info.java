/** Columnar memory: batches of at most 4,096 rows, in columns of primitives. */
@NullMarked
package io.millrace.executor.column;

import org.jspecify.annotations.NullMarked;
