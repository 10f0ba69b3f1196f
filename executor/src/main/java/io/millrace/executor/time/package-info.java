/** Event time and progress: clock, watermarks, timers. */
@NullMarked
package io.millrace.executor.time;

import org.jspecify.annotations.NullMarked;
