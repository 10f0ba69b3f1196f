/** SQL text to statements with positions. */
@NullMarked
package io.millrace.parser;

import org.jspecify.annotations.NullMarked;
