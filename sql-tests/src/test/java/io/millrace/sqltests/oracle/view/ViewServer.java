package io.millrace.sqltests.oracle.view;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A server in this process that can be started again on its directory; its clock is moved by hand. */
final class ViewServer implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NEVER = "1000000h";

    private final ManualClock clock = new ManualClock(ChronoUnit.MICROS.between(Instant.EPOCH, START));
    private final ServerSettings settings;
    private Server server;
    private Connection connection;

    ViewServer(Path directory) throws SQLException {
        settings = ServerSettings.defaults(directory)
                .with("data.sync", "false")
                .with("limits.vanished-client", NEVER)
                .with("limits.silent-query", NEVER)
                .with("limits.idle-connection", NEVER)
                .withPort(0);
        start();
    }

    private void start() throws SQLException {
        server = Server.start(settings, clock);
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
    }

    void restart() throws SQLException {
        close();
        start();
    }

    Connection connection() {
        return connection;
    }

    /** Moves the clock; returns what it shows then, in microseconds since the epoch. */
    long advance(long micros) {
        clock.advance(micros);
        return clock.epochMicros();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        server.close();
    }
}
