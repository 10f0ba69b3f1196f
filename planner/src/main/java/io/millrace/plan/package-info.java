/** What the executor is given: immutable records for plans, expressions and types, free of the planner's library. */
@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;
