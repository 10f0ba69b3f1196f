package io.millrace.sqltests.oracle.view;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A server in this process that can be started again on its directory; its clock is moved by hand. */
final class ViewServer implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NEVER = "1000000h";

    private final HoldingClock clock = new HoldingClock(ChronoUnit.MICROS.between(Instant.EPOCH, START));
    private final ServerSettings settings;
    private Server server;
    private Connection connection;

    ViewServer(Path directory) throws SQLException {
        settings = ServerSettings.defaults(directory)
                .with("data.sync", "false")
                .with("checkpoint.interval", "2s")
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

    /** Of the last step of the views. */
    long position() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT MR_POSITION()")) {
            results.next();
            return results.getLong(1);
        }
    }

    /** How many views there were at the last start, and how many of them had been saved. */
    Recovery recovery() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT views, restored_views FROM sys.recovery")) {
            results.next();
            return new Recovery(results.getInt(1), results.getInt(2));
        }
    }

    /** What a start has found. */
    record Recovery(int views, int restored) {}

    /** Those rows of a windowed query whose windows are closed now; all windows are over {@code e1}. */
    String closed(String query) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT watermark FROM sys.watermarks WHERE name = 'e1'")) {
            String watermark = results.next() ? results.getString(1) : null;
            return query + " WHERE " + (watermark == null ? "FALSE" : "window_end <= TIMESTAMP '" + watermark + "'");
        } catch (SQLException failure) {
            throw new FaultFound("NO WATERMARK", failure.getMessage());
        }
    }

    /** Until they are released, views take nothing in. */
    void holdViews() {
        clock.hold();
    }

    void releaseViews() {
        clock.release();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        server.close();
    }
}
