package io.millrace.server.connector;

/**
 * How a source is doing.
 *
 * @param state for people: "connected to localhost:9999"
 * @param errorRows rows that went to the dead-letter stream since the server started
 * @param connections made or accepted since the server started
 */
public record SourceStatus(String state, long errorRows, long connections) {}
