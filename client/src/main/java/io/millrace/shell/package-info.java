/** The interactive shell, and scripts: a client of the JDBC driver like any other. */
@NullMarked
package io.millrace.shell;

import org.jspecify.annotations.NullMarked;
