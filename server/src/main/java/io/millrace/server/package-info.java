/** Wires everything, starts and stops. */
@NullMarked
package io.millrace.server;

import org.jspecify.annotations.NullMarked;
