package io.millrace.sqltests;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.SystemClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A server in this process, with a connection that looks at it from the side. */
final class LocalServer implements AutoCloseable {
    private final Server server;
    private final Connection observer;

    LocalServer(Path data) throws SQLException {
        this(data, new SystemClock());
    }

    LocalServer(Path data, EngineClock clock) throws SQLException {
        this(data, clock, 0);
    }

    private LocalServer(Path data, EngineClock clock, int port) throws SQLException {
        server = Server.start(ServerSettings.defaults(data).withPort(port), clock);
        observer = connect("");
    }

    /** On the port of one that was closed. */
    static LocalServer at(Path data, int port) throws SQLException {
        return new LocalServer(data, new SystemClock(), port);
    }

    int port() {
        return server.port();
    }

    /** @param properties as {@code ?key=value}, or nothing */
    Connection connect(String properties) throws SQLException {
        return DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port() + properties);
    }

    /** Executes statements that give no rows. */
    void run(String... statements) throws SQLException {
        try (Statement statement = observer.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    List<String> rows(String query) throws SQLException {
        try (Statement statement = observer.createStatement()) {
            return Rows.of(statement, query);
        }
    }

    int runningQueries() throws SQLException {
        return rows("SHOW QUERIES").size();
    }

    /** Waits until so many queries run. */
    void awaitRunningQueries(int count) throws SQLException {
        while (runningQueries() != count) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws SQLException {
        observer.close();
        server.close();
    }
}
