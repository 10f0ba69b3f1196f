/** What of the engine's work is on disk: its steps. */
@NullMarked
package io.millrace.executor.checkpoint;

import org.jspecify.annotations.NullMarked;
