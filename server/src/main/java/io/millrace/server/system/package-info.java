/** Schema {@code sys}: what the server knows of itself, as relations. One per file; each query sees one moment. */
@NullMarked
package io.millrace.server.system;

import org.jspecify.annotations.NullMarked;
