/** How every failure is reported: a code with its SQLSTATE, a message, and the place in the SQL text. */
@NullMarked
package io.millrace.error;

import org.jspecify.annotations.NullMarked;
