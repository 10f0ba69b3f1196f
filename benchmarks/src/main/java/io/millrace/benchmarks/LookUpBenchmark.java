package io.millrace.benchmarks;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Look-ups by key and reads of a whole table by one client, alone and beside a stream that is filled. */
@Command(name = "look-up", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class LookUpBenchmark implements Callable<Integer> {
    private static final long WARM_NANOS = 3_000_000_000L;

    @Option(names = "--rows", defaultValue = "10000", description = "rows of the table")
    private int rows;

    @Option(names = "--seconds", defaultValue = "5", description = "for which each thing is repeated")
    private int seconds;

    @Option(names = "--ingest", defaultValue = "100000", description = "words a second of the stream beside; 0: none")
    private int ingest;

    @Option(names = "--url", description = "of a running server; without it one is started in this process")
    private @Nullable String url;

    private final Random random = new Random(1);

    private LookUpBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LookUpBenchmark()).execute(arguments));
    }

    /** One repetition. */
    private interface Step {
        void run() throws SQLException, IOException;
    }

    @Override
    public Integer call() throws Exception {
        if (url != null) {
            measure(url);
            return 0;
        }
        try (BenchmarkDirectory directory = BenchmarkDirectory.create();
                Server server =
                        Server.start(ServerSettings.defaults(directory.path()).withPort(0))) {
            measure("jdbc:millrace://127.0.0.1:" + server.port());
        }
        return 0;
    }

    private void measure(String target) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(target);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP STREAM IF EXISTS words_beside");
            statement.execute("DROP TABLE IF EXISTS look_up");
            statement.execute("CREATE TABLE look_up (id INTEGER PRIMARY KEY, name VARCHAR, n BIGINT)");
            fill(connection);
            roundTrips(target);
            reads(connection, "");
            if (ingest > 0) {
                beside(connection, statement);
            }
            statement.execute("DROP TABLE look_up");
        }
    }

    private void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO look_up VALUES (?, ?, ?)")) {
            for (int row = 0; row < rows; row++) {
                insert.setInt(1, row);
                insert.setString(2, "item " + row);
                insert.setLong(3, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** The yardstick: the least that a question to the server costs. */
    private void roundTrips(String target) throws SQLException, IOException {
        URI address = URI.create(target.substring("jdbc:".length()));
        byte[] request =
                ("GET / HTTP/1.1\r\nHost: " + address.getHost() + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] answer = new byte[4096];
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setTcpNoDelay(true);
            repeat("bare round trips", () -> {
                socket.getOutputStream().write(request);
                socket.getInputStream().read(answer);
            });
        }
    }

    private void reads(Connection connection, String beside) throws SQLException, IOException {
        try (PreparedStatement one = connection.prepareStatement("SELECT name, n FROM look_up WHERE id = ?");
                PreparedStatement all = connection.prepareStatement("SELECT id, name, n FROM look_up")) {
            repeat("look-ups by key" + beside, () -> lookUp(one, random.nextInt(rows)));
            repeat("reads of all rows" + beside, () -> readAll(all));
        }
    }

    private static void lookUp(PreparedStatement select, int id) throws SQLException {
        select.setInt(1, id);
        try (ResultSet found = select.executeQuery()) {
            if (!found.next() || found.getLong("n") != id) {
                throw new SQLException("not the row of " + id);
            }
        }
    }

    private void readAll(PreparedStatement select) throws SQLException {
        long sum = 0;
        try (ResultSet found = select.executeQuery()) {
            while (found.next()) {
                sum += found.getString(2).isEmpty() ? 0 : found.getLong(3);
            }
        }
        if (sum != (long) rows * (rows - 1) / 2) {
            throw new SQLException("not all rows");
        }
    }

    private void beside(Connection connection, Statement statement) throws SQLException, IOException {
        try (PacedSource source = new PacedSource(ingest)) {
            statement.execute("CREATE STREAM words_beside (word VARCHAR) WITH (connector = 'socket',"
                    + " host = '127.0.0.1', port = '" + source.port() + "', format = 'text')");
            long start = System.nanoTime();
            long before = ingested(statement);
            reads(connection, " beside the stream");
            double taken = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "look-up  %-44s %,9.0f/s%n",
                    "words taken in meanwhile",
                    (ingested(statement) - before) / taken);
        }
        statement.execute("DROP STREAM words_beside");
    }

    private static long ingested(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM words_beside")) {
            count.next();
            return count.getLong(1);
        }
    }

    private void repeat(String what, Step step) throws SQLException, IOException {
        Latencies latencies = new Latencies();
        run(latencies, step, WARM_NANOS);
        latencies.restart();
        run(latencies, step, seconds * 1_000_000_000L);
        latencies.print(what);
    }

    private static void run(Latencies latencies, Step step, long nanos) throws SQLException, IOException {
        long end = System.nanoTime() + nanos;
        for (long began = System.nanoTime(); began < end; ) {
            step.run();
            long ended = System.nanoTime();
            latencies.add(ended - began);
            began = ended;
        }
    }
}
