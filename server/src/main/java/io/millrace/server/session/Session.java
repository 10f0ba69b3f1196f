package io.millrace.server.session;

/**
 * One client's connection.
 *
 * @param id the connection id of the protocol
 * @param client where it comes from, for SHOW QUERIES
 * @param transaction what its queries share
 */
public record Session(String id, String client, ReadTransaction transaction) {
    public Session(String id, String client) {
        this(id, client, new ReadTransaction());
    }
}
