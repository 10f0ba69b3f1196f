/** What the figures in docs/performance.md are made with. */
@NullMarked
package io.millrace.benchmarks;

import org.jspecify.annotations.NullMarked;
