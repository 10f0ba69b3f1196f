/** Names and definitions, as immutable snapshots. */
@NullMarked
package io.millrace.catalog;

import org.jspecify.annotations.NullMarked;
