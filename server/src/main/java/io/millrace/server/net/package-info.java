/** The HTTP/1.1 port: strict about requests, patient with clients that wait for rows. */
@NullMarked
package io.millrace.server.net;

import org.jspecify.annotations.NullMarked;
