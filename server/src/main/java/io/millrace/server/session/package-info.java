/** One client's state. */
@NullMarked
package io.millrace.server.session;

import org.jspecify.annotations.NullMarked;
