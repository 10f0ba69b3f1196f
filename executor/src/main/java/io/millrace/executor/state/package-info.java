/** Keyed state in primitive slabs: records of words, an index over their keys, an arena for long strings. */
@NullMarked
package io.millrace.executor.state;

import org.jspecify.annotations.NullMarked;
