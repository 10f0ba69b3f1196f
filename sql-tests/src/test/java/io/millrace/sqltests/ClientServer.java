package io.millrace.sqltests;

import java.nio.file.Path;
import java.sql.SQLException;

/** A server for the tests of client libraries, with a stream that each of them fills and reads. */
final class ClientServer implements AutoCloseable {
    final LocalServer server;

    ClientServer(Path data) throws SQLException {
        server = new LocalServer(data);
        server.run(
                "CREATE STREAM events (id BIGINT NOT NULL, name VARCHAR(40), price DECIMAL(10, 2), moment TIMESTAMP(3))");
    }

    String url() {
        return "jdbc:millrace://127.0.0.1:" + server.port();
    }

    /** Adds rows from elsewhere while a client reads. */
    void feed(long... ids) throws SQLException {
        for (long id : ids) {
            server.run("INSERT INTO events (id, name) VALUES (" + id + ", 'fed')");
        }
    }

    @Override
    public void close() throws SQLException {
        server.close();
    }
}
