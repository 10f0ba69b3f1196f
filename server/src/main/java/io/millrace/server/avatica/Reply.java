package io.millrace.server.avatica;

/**
 * What is sent back for a message of Avatica's.
 *
 * @param carriedOut false when nothing was done because the connection or statement was not there
 */
record Reply(int status, String contentType, byte[] body, boolean carriedOut) {}
