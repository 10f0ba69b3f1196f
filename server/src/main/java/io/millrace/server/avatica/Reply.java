package io.millrace.server.avatica;

import java.util.List;

/**
 * What is sent back for a message of Avatica's.
 *
 * @param warnings values of the header {@link CallWarnings#HEADER}
 * @param carriedOut false when nothing was done because the connection or statement was not there
 */
record Reply(int status, String contentType, byte[] body, List<String> warnings, boolean carriedOut) {}
