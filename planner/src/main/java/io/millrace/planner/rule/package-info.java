/** One rewriting rule per file. */
@NullMarked
package io.millrace.planner.rule;

import org.jspecify.annotations.NullMarked;
