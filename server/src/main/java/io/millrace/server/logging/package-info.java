/** Where log lines go and which are written: SLF4J on the JDK's own logging, set up from the settings. */
@NullMarked
package io.millrace.server.logging;

import org.jspecify.annotations.NullMarked;
