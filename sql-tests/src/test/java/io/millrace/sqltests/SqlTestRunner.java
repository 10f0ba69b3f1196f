package io.millrace.sqltests;

import io.millrace.executor.time.ManualClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;

/** Runs the records of one SQL file on a connection; see docs/sql-tests.md. */
final class SqlTestRunner implements AutoCloseable {
    private static final Pattern OUTCOME =
            Pattern.compile("ok|count (?<count>\\d+)|error (?<state>\\w{5})(?: (?<text>.*))?");
    private static final Pattern QUERY =
            Pattern.compile("(?<types>[BIRTDX]+)( (?<labels>labels))?( (nosort|(?<sort>rowsort)))?");
    private static final Pattern DURATION = Pattern.compile("clock (\\d+)(ms|s|m|h)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Map<String, TimeUnit> UNITS =
            Map.of("ms", TimeUnit.MILLISECONDS, "s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS);

    private final ManualClock clock;
    private final Connection connection;
    private final Map<String, OpenQuery> queries = new LinkedHashMap<>();

    SqlTestRunner(ManualClock clock, String url) throws SQLException {
        this.clock = clock;
        connection = DriverManager.getConnection(url);
    }

    /** Fails with an {@link AssertionFailedError} when the server does not do as the record says. */
    void run(SqlTestRecord record) throws SQLException, InterruptedException {
        switch (record.keyword()) {
            case "statement" -> statement(record);
            case "query" -> query(record);
            case "show" -> show(record);
            case "clock" -> advance(Rows.micros(Timestamp.valueOf(record.arguments())) - clock.epochMicros());
            case "advance" -> advance(duration(record.arguments()));
            case "open" -> open(record);
            case "expect" ->
                equal(record.rows(), opened(record).next(record.rows().size()));
            case "quiet" -> quiet(record);
            case "end" -> equal("", opened(record).end());
            case "error" -> error(record.arguments());
            case "close" -> close(record);
            default -> throw new IllegalArgumentException(record.keyword());
        }
    }

    @Override
    public void close() throws SQLException {
        for (OpenQuery query : queries.values()) {
            query.close();
        }
        connection.close();
    }

    private void statement(SqlTestRecord record) throws SQLException {
        Matcher outcome = matcher(OUTCOME, record.arguments());
        String state = outcome.group("state");
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(withIds(record.sql()))) {
                Rows.next(statement.getResultSet(), Integer.MAX_VALUE);
            }
            if (state != null) {
                throw new AssertionFailedError("it succeeded, but should fail with " + state);
            }
            if (outcome.group("count") != null) {
                equal(outcome.group("count"), Integer.toString(statement.getUpdateCount()));
            }
        } catch (SQLException failure) {
            if (state == null) {
                throw failure;
            }
            equal(state, failure.getSQLState(), failure.getMessage());
            String text = outcome.group("text");
            if (text != null
                    && !Pattern.compile(text).matcher(failure.getMessage()).find()) {
                throw mismatch("not the expected message", text, failure.getMessage());
            }
        }
    }

    /** The SQL with the id of an open query in place of its {@code ${name}}. */
    private String withIds(String sql) {
        return REFERENCE
                .matcher(sql)
                .replaceAll(
                        reference -> Long.toString(opened(reference.group(1)).id()));
    }

    private void query(SqlTestRecord record) throws SQLException {
        Matcher options = matcher(QUERY, record.arguments());
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(record.sql())) {
            equal(options.group("types"), Rows.types(results.getMetaData()));
            List<String> rows = Rows.next(results, Integer.MAX_VALUE);
            if (options.group("sort") != null) {
                rows.sort(null);
            }
            if (options.group("labels") != null) {
                rows.add(0, Rows.labels(results.getMetaData()));
            }
            equal(record.rows(), rows);
        }
    }

    /** Some columns of SHOW STREAMS, whose sizes in bytes no test can know. */
    private void show(SqlTestRecord record) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet streams = statement.executeQuery("SHOW STREAMS")) {
            while (streams.next()) {
                StringJoiner row = new StringJoiner("|");
                for (String column : record.arguments().split(" ")) {
                    String value = streams.getString(column);
                    row.add(value == null ? "NULL" : value);
                }
                rows.add(row.toString());
            }
        }
        equal(record.rows(), rows);
    }

    private void open(SqlTestRecord record) throws SQLException {
        if (queries.put(record.arguments(), new OpenQuery(connection, record.sql())) != null) {
            throw new IllegalArgumentException("query \"" + record.arguments() + "\" is open already");
        }
    }

    private void quiet(SqlTestRecord record) throws SQLException {
        flush();
        equal(List.of(), opened(record).waiting());
    }

    private void error(String arguments) throws InterruptedException {
        String[] words = arguments.split(" ");
        equal(words[1], opened(words[0]).end());
    }

    private void close(SqlTestRecord record) throws SQLException {
        quiet(record);
        opened(record).close();
        queries.remove(record.arguments());
    }

    private void flush() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("FLUSH");
        }
    }

    private void advance(long micros) {
        clock.advance(micros);
    }

    private OpenQuery opened(SqlTestRecord record) {
        return opened(record.arguments());
    }

    private OpenQuery opened(String name) {
        OpenQuery query = queries.get(name);
        if (query == null) {
            throw new IllegalArgumentException("no query \"" + name + "\" is open");
        }
        return query;
    }

    private static long duration(String text) {
        Matcher duration = matcher(DURATION, text);
        return UNITS.get(duration.group(2)).toMicros(Long.parseLong(duration.group(1)));
    }

    private static Matcher matcher(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" does not match " + pattern);
        }
        return matcher;
    }

    private static void equal(List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionFailedError("- expected, + given\n" + RowDiff.of(expected, actual), expected, actual);
        }
    }

    private static void equal(String expected, String actual) {
        equal(expected, actual, "not the expected end");
    }

    private static void equal(String expected, String actual, String message) {
        if (!expected.equals(actual)) {
            throw mismatch(message, expected, actual);
        }
    }

    private static AssertionFailedError mismatch(String message, String expected, String actual) {
        return new AssertionFailedError(message + "\n- " + expected + "\n+ " + actual, expected, actual);
    }
}
