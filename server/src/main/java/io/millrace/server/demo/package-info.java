/** The demonstration: a generator of log lines and the headline query over them. */
@NullMarked
package io.millrace.server.demo;

import org.jspecify.annotations.NullMarked;
