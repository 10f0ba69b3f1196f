package io.millrace.server.session;

/**
 * One client's connection.
 *
 * @param id the connection id of the protocol
 * @param client where it comes from, for SHOW QUERIES
 */
public record Session(String id, String client) {}
