package io.millrace.server;

import io.millrace.server.demo.LogLineGenerator;
import io.millrace.server.demo.WindowCollector;
import io.millrace.server.demo.WindowPrinter;
import io.millrace.server.demo.WordCount;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo}: a server, a generator of log lines, and the headline query through the JDBC driver. */
@Command(
        name = "demo",
        description = "Counts the errors in live log lines, as a JDBC client sees them.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {
    private static final String QUERY =
            "SELECT word, COUNT(*) FROM lines WINDOW HOP(30s,10s) WHERE word LIKE '%ERROR%'";
    private static final long SLIDE_MILLIS = 10_000;
    /** A window's rows come at once; after so long without one it is complete. */
    private static final long QUIET_MILLIS = 200;

    @Option(names = "--seconds", defaultValue = "60", description = "how long to run")
    private int seconds;

    @Option(names = "--rate", defaultValue = "1000", description = "log lines per second")
    private int rate;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (seconds < 1 || rate < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds and --rate must be at least 1");
        }
        PrintWriter output = spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("millrace-demo");
        try (Server server = Server.start(ServerSettings.defaults(directory).withPort(0));
                LogLineGenerator generator =
                        new LogLineGenerator(rate, TimeUnit.SECONDS.toNanos(seconds), System::nanoTime)) {
            Thread serving = new Thread(generator::run, "demo-generator");
            serving.setDaemon(true);
            serving.start();
            String url = "jdbc:millrace://127.0.0.1:" + server.port();
            output.println("server   " + url + "   (data in " + directory + ")");
            output.println("lines    " + rate + " a second from 127.0.0.1:" + generator.port());
            output.println("query    " + QUERY);
            output.println("Windows of 30 s close every 10 s; the first one soon. A burst of errors comes half way.");
            output.flush();
            watch(url, generator, output);
        } finally {
            delete(directory);
        }
        return 0;
    }

    private void watch(String url, LogLineGenerator generator, PrintWriter output)
            throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        WindowCollector windows = new WindowCollector(SLIDE_MILLIS, new WindowPrinter(output));
        BlockingQueue<Received> received = new LinkedBlockingQueue<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE STREAM lines (word VARCHAR) WITH (connector = 'socket', host = '127.0.0.1', port = '"
                            + generator.port() + "', format = 'text', split = ' ')");
            ResultSet results = statement.executeQuery(QUERY);
            Thread reading = new Thread(() -> read(results, received), "demo-reader");
            reading.start();
            collect(received, windows, end);
            statement.cancel();
            reading.join();
        }
        output.printf(
                Locale.ROOT,
                "%n%d lines, %d words, %d windows; from a window's end to its row: p50 %d ms, p99 %d ms%n",
                generator.lines(),
                generator.words(),
                windows.windows(),
                windows.lagPercentile(50),
                windows.lagPercentile(99));
        output.flush();
    }

    private static void collect(BlockingQueue<Received> received, WindowCollector windows, long end)
            throws InterruptedException, SQLException {
        while (true) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            Received next = received.poll(Math.max(0, Math.min(left, QUIET_MILLIS)), TimeUnit.MILLISECONDS);
            if (next == null) {
                windows.complete();
                if (left <= 0) {
                    return;
                }
            } else if (next.failure() != null) {
                throw next.failure();
            } else {
                windows.add(next.row(), next.atMillis());
            }
        }
    }

    private static void read(ResultSet results, BlockingQueue<Received> received) {
        try {
            while (results.next()) {
                WordCount row = new WordCount(results.getString(1), results.getLong(2));
                received.add(new Received(row, System.currentTimeMillis(), null));
            }
        } catch (SQLException failure) {
            received.add(new Received(new WordCount("", 0), 0, failure));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private record Received(
            WordCount row, long atMillis, @Nullable SQLException failure) {}
}
