/** The durable log: checksummed columnar blocks in one order per stream. */
@NullMarked
package io.millrace.executor.log;

import org.jspecify.annotations.NullMarked;
