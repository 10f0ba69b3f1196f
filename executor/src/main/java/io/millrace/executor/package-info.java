/** The engine: installs plans, runs steps, answers queries. */
@NullMarked
package io.millrace.executor;

import org.jspecify.annotations.NullMarked;
