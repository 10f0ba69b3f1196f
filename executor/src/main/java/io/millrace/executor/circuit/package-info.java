/** Wires operators to circuits and runs them in steps. */
@NullMarked
package io.millrace.executor.circuit;

import org.jspecify.annotations.NullMarked;
