/** Tables: versioned rows in memory, the log of their changes, and the writers between them. */
@NullMarked
package io.millrace.executor.table;

import org.jspecify.annotations.NullMarked;
