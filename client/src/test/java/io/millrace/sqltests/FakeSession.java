package io.millrace.sqltests;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers as it was told to, and remembers what it was asked. */
final class FakeSession implements SqlSession {
    final List<String> asked = new ArrayList<>();
    private final Map<String, ResultTable> results = new HashMap<>();
    private final Map<String, SQLException> failures = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();

    /** @param rows values with {@code |} between, NULL for null */
    FakeSession gives(String sql, String types, String... rows) {
        results.put(sql, table(types, rows));
        return this;
    }

    FakeSession fails(String sql, String state, String message) {
        failures.put(sql, new SQLException(message, state));
        return this;
    }

    FakeSession changes(String sql, long rows) {
        counts.put(sql, rows);
        return this;
    }

    static ResultTable table(String types, String... rows) {
        List<List<String>> values = new ArrayList<>();
        for (String row : rows) {
            List<String> line = new ArrayList<>(Arrays.asList(row.split("\\|", -1)));
            line.replaceAll(value -> value.equals("NULL") ? null : value);
            values.add(line);
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < types.length(); i++) {
            labels.add(String.valueOf((char) ('a' + i)));
        }
        return new ResultTable(labels, types, values);
    }

    @Override
    public long update(String sql) throws SQLException {
        answer(sql);
        return counts.getOrDefault(sql, 0L);
    }

    @Override
    public ResultTable query(String sql) throws SQLException {
        answer(sql);
        ResultTable result = results.get(sql);
        if (result == null) {
            throw new AssertionError("unexpected query: " + sql);
        }
        return result;
    }

    @Override
    public OpenQuery open(String sql) {
        throw new AssertionError("no continuous query was expected");
    }

    @Override
    public void close() {}

    private void answer(String sql) throws SQLException {
        asked.add(sql);
        SQLException failure = failures.get(sql);
        if (failure != null) {
            throw failure;
        }
    }
}
