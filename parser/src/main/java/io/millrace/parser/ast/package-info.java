/** The syntax tree beyond Calcite's: windows, continuous queries, and the statements that define and show objects. */
@NullMarked
package io.millrace.parser.ast;

import org.jspecify.annotations.NullMarked;
