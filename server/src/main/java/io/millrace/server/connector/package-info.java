/** Connectors: where rows come from, one per file, and the formats they come in. */
@NullMarked
package io.millrace.server.connector;

import org.jspecify.annotations.NullMarked;
