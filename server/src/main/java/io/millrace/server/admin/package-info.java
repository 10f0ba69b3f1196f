/** What machines ask about a server: {@code GET /health} and {@code GET /metrics}. */
@NullMarked
package io.millrace.server.admin;

import org.jspecify.annotations.NullMarked;
