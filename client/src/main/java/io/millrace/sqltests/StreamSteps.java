package io.millrace.sqltests;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The steps for continuous queries: time is moved by hand, and rows are waited for. */
final class StreamSteps implements AutoCloseable {
    private static final Pattern DURATION = Pattern.compile("clock\\s+(\\d{1,12})(ms|s|m|h)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Map<String, TimeUnit> UNITS =
            Map.of("ms", TimeUnit.MILLISECONDS, "s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES, "h", TimeUnit.HOURS);

    private final SqlSession session;
    private final @Nullable TestClock clock;
    private final boolean showsAll;
    private final Map<String, OpenQuery> queries = new LinkedHashMap<>();

    /** @param showsAll whether {@code expect} is given all rows that wait, rather than as many as it expects */
    StreamSteps(SqlSession session, @Nullable TestClock clock, boolean showsAll) {
        this.session = session;
        this.clock = clock;
        this.showsAll = showsAll;
    }

    void run(SqlRecord record) throws SQLException, InterruptedException, WrongResultException {
        switch (record.keyword()) {
            case CLOCK -> clock(record).advance(micros(record) - clock(record).epochMicros());
            case ADVANCE -> clock(record).advance(duration(record));
            case SHOW -> show(record);
            case OPEN -> open(record);
            case EXPECT -> expect(record);
            case QUIET -> quiet(record);
            case END -> checkEnd("", opened(record, record.arguments()).end());
            case ERROR -> error(record);
            case CLOSE -> close(record);
            default -> throw new IllegalArgumentException(record.heading());
        }
    }

    /** The SQL with the id of an open query in place of its {@code ${name}}. */
    String withIds(SqlRecord record) {
        return REFERENCE
                .matcher(record.sql())
                .replaceAll(reference ->
                        Long.toString(opened(record, reference.group(1)).id()));
    }

    @Override
    public void close() throws SQLException {
        for (OpenQuery query : queries.values()) {
            query.close();
        }
    }

    /** Some columns of SHOW STREAMS, whose sizes in bytes no test can know. */
    private void show(SqlRecord record) throws SQLException, WrongResultException {
        ResultTable streams = session.query("SHOW STREAMS");
        List<Integer> columns = new ArrayList<>();
        for (String name : record.arguments().strip().split("\\s+")) {
            int column = streams.labels().indexOf(name);
            if (column < 0) {
                throw new MalformedFileException(record.line(), "SHOW STREAMS has no column \"" + name + "\"");
            }
            columns.add(column);
        }
        List<String> rows = new ArrayList<>();
        for (List<@Nullable String> row : streams.rows()) {
            List<@Nullable String> chosen = new ArrayList<>();
            columns.forEach(column -> chosen.add(row.get(column)));
            rows.add(ResultTable.line(chosen));
        }
        checkRows(record, rows);
    }

    private void open(SqlRecord record) throws SQLException {
        if (queries.containsKey(record.arguments())) {
            throw new MalformedFileException(record.line(), "query \"" + record.arguments() + "\" is open already");
        }
        queries.put(record.arguments(), session.open(withIds(record)));
    }

    private void expect(SqlRecord record) throws SQLException, InterruptedException, WrongResultException {
        OpenQuery query = opened(record, record.arguments());
        int count = record.results().lines().size();
        if (showsAll) {
            session.update("FLUSH");
            count = query.waiting().size();
        }
        checkRows(record, query.next(count));
    }

    private void quiet(SqlRecord record) throws SQLException, WrongResultException {
        session.update("FLUSH");
        List<String> waiting = opened(record, record.arguments()).waiting();
        if (!waiting.isEmpty()) {
            throw new WrongResultException("no row was expected\n" + RowDiff.of(List.of(), waiting));
        }
    }

    private void error(SqlRecord record) throws InterruptedException, WrongResultException {
        String[] words = record.arguments().strip().split("\\s+");
        if (words.length != 2) {
            throw new MalformedFileException(record.line(), "write \"error\", the name of a query and a SQLSTATE");
        }
        checkEnd(words[1], opened(record, words[0]).end());
    }

    private void close(SqlRecord record) throws SQLException, WrongResultException {
        try {
            quiet(record);
        } finally {
            opened(record, record.arguments()).close();
            queries.remove(record.arguments());
        }
    }

    private OpenQuery opened(SqlRecord record, String name) {
        OpenQuery query = queries.get(name);
        if (query == null) {
            throw new MalformedFileException(record.line(), "no query \"" + name + "\" is open");
        }
        return query;
    }

    private TestClock clock(SqlRecord record) {
        if (clock == null) {
            throw new MalformedFileException(record.line(), "the time of this server cannot be moved");
        }
        return clock;
    }

    private static long micros(SqlRecord record) {
        try {
            LocalDateTime time = Timestamp.valueOf(record.arguments().strip()).toLocalDateTime();
            return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), time);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedFileException(record.line(), "write \"clock 2026-01-01 00:00:00\"");
        }
    }

    private static long duration(SqlRecord record) {
        Matcher duration = DURATION.matcher(record.arguments().strip());
        if (!duration.matches()) {
            throw new MalformedFileException(
                    record.line(), "write \"advance clock\" and a number with ms, s, m or h, such as 10s");
        }
        return unit(duration.group(2)).toMicros(Long.parseLong(duration.group(1)));
    }

    private static TimeUnit unit(String name) {
        TimeUnit unit = UNITS.get(name);
        if (unit == null) {
            throw new IllegalArgumentException(name);
        }
        return unit;
    }

    private static void checkRows(SqlRecord record, List<String> given) throws WrongResultException {
        List<String> expected = record.results().lines();
        if (!expected.equals(given)) {
            throw WrongResultException.rows(expected, given, given);
        }
    }

    private static void checkEnd(String expected, String given) throws WrongResultException {
        if (!expected.equals(given)) {
            throw WrongResultException.end(expected, given);
        }
    }
}
