package io.millrace.server;

import io.millrace.executor.time.ManualClock;
import io.millrace.sqltests.SqlTests;
import io.millrace.sqltests.TestClock;
import io.millrace.sqltests.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;

/** A server in this process for one SQL file, on a fresh directory and a clock that stands still until it is moved. */
public final class TemporaryServer implements TestDatabase {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String NEVER = "1000000h";

    private final Path directory;
    private final ManualClock clock;
    private final Server server;

    private TemporaryServer(Path directory, ManualClock clock, Server server) {
        this.directory = directory;
        this.clock = clock;
        this.server = server;
    }

    /** Databases of this kind. */
    public static SqlTests.Databases databases() {
        return new SqlTests.Databases() {
            @Override
            public boolean haveManualClock() {
                return true;
            }

            @Override
            public TestDatabase open() throws IOException {
                return start();
            }
        };
    }

    private static TemporaryServer start() throws IOException {
        Path directory = Files.createTempDirectory("millrace-test");
        try {
            Path files = Files.createDirectory(directory.resolve("files"));
            ManualClock clock = new ManualClock(ChronoUnit.MICROS.between(Instant.EPOCH, START));
            // nobody reads these rows after a crash
            ServerSettings settings = ServerSettings.defaults(directory)
                    .with("data.sync", "false")
                    .with("connector.file.roots", files.toString())
                    // a file may move time by hours, in which its client has not been silent
                    .with("limits.vanished-client", NEVER)
                    .with("limits.silent-query", NEVER)
                    .with("limits.idle-connection", NEVER)
                    .withPort(0);
            return new TemporaryServer(directory, clock, Server.start(settings, clock));
        } catch (RuntimeException failure) {
            delete(directory);
            throw failure;
        }
    }

    @Override
    public String url() {
        return "jdbc:millrace://127.0.0.1:" + server.port();
    }

    @Override
    public TestClock clock() {
        return new TestClock() {
            @Override
            public long epochMicros() {
                return clock.epochMicros();
            }

            @Override
            public void advance(long micros) {
                clock.advance(micros);
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
