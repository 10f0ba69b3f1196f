/** Counters per operator, query and stream. */
@NullMarked
package io.millrace.executor.metrics;

import org.jspecify.annotations.NullMarked;
