/** Avatica's protocol for metadata and any client, and columnar frames for our own driver. */
@NullMarked
package io.millrace.server.avatica;

import org.jspecify.annotations.NullMarked;
