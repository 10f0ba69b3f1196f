package io.millrace.benchmarks;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What statements on a table cost one client: each is on disk when it returns. */
@Command(name = "table", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class TableBenchmark implements Callable<Integer> {
    private static final int BATCH = 10_000;

    @Option(names = "--rows", defaultValue = "1000000", description = "rows of the table, a multiple of 10000")
    private int rows;

    @Option(names = "--seconds", defaultValue = "5", description = "for which each kind of statement is repeated")
    private int seconds;

    private TableBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TableBenchmark()).execute(arguments));
    }

    /** One statement on a row. */
    private interface Step {
        void run(int row) throws SQLException;
    }

    @Override
    public Integer call() throws Exception {
        try (BenchmarkDirectory directory = BenchmarkDirectory.create();
                Server server =
                        Server.start(ServerSettings.defaults(directory.path()).withPort(0));
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR, n BIGINT)");
            fill(connection);
            scan(statement);
            scan(statement);
            singles(connection);
            texts(statement);
        }
        return 0;
    }

    private void fill(Connection connection) throws SQLException {
        long start = System.nanoTime();
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO items VALUES (?, ?, ?)")) {
            for (int row = 0; row < rows; row++) {
                insert.setInt(1, row);
                insert.setString(2, "item " + row);
                insert.setLong(3, row);
                insert.addBatch();
                if ((row + 1) % BATCH == 0) {
                    insert.executeBatch();
                }
            }
        }
        report("rows inserted in batches of " + BATCH, rows, start);
    }

    private void scan(Statement statement) throws SQLException {
        long start = System.nanoTime();
        try (ResultSet sum = statement.executeQuery("SELECT SUM(n) FROM items WHERE name LIKE '%7%'")) {
            sum.next();
        }
        report("rows scanned", rows, start);
    }

    private void singles(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT name, n FROM items WHERE id = ?");
                PreparedStatement update = connection.prepareStatement("UPDATE items SET n = n + 1 WHERE id = ?");
                PreparedStatement insert = connection.prepareStatement("INSERT INTO items VALUES (?, 'new', 1)")) {
            repeat("look-ups by key", row -> {
                select.setInt(1, row);
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                }
            });
            repeat("UPDATEs by key", row -> {
                update.setInt(1, row);
                update.executeUpdate();
            });
            int[] next = {rows};
            repeat("INSERTs of one row", row -> {
                insert.setInt(1, next[0]++);
                insert.executeUpdate();
            });
        }
    }

    private void texts(Statement statement) throws SQLException {
        int[] next = {2 * rows + 1_000_000_000};
        repeat(
                "INSERTs of one row, each another text",
                row -> statement.executeUpdate("INSERT INTO items VALUES (" + next[0]++ + ", 'new', 1)"));
    }

    private void repeat(String what, Step step) throws SQLException {
        Random random = new Random(1);
        for (long end = System.nanoTime() + 1_000_000_000L; System.nanoTime() < end; ) {
            step.run(random.nextInt(rows)); // until the code is warm
        }
        long start = System.nanoTime();
        long count = 0;
        for (long end = start + seconds * 1_000_000_000L; System.nanoTime() < end; count++) {
            step.run(random.nextInt(rows));
        }
        report(what, count, start);
    }

    private static void report(String what, long count, long start) {
        double taken = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "table      %,12.0f/s  %s%n", count / taken, what);
    }
}
