package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.query.OrderedQuery;
import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.ValueOrder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine said to a query.
 *
 * @param rows null when it failed
 * @param sqlState null when it did not
 */
public record Answer(List<List<Object>> rows, String sqlState, String message) {
    /** Averages are rounded by each engine in its own way. */
    private static final MathContext DIGITS = new MathContext(12);

    static Answer of(List<List<Object>> rows) {
        return new Answer(rows, null, null);
    }

    static Answer failed(String sqlState, String message) {
        return new Answer(null, sqlState == null ? "" : sqlState, message);
    }

    public boolean hasFailed() {
        return rows == null;
    }

    /** The SQLSTATE and the message without its place. */
    String plainMessage() {
        return sqlState + " " + message.replaceFirst("^line \\d+, column \\d+: ", "");
    }

    /** Whether rows and how often each occurs are the same. */
    public boolean hasSameRows(Answer other) {
        return counts(rows).equals(counts(other.rows));
    }

    /** Whether rows come in the order that the query asks for. */
    boolean isInOrderOf(Query query) {
        if (query instanceof OrderedQuery ordered) {
            for (int i = 1; i < rows.size(); i++) {
                if (ordered.order().compare(rows.get(i - 1), rows.get(i)) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Map<List<Object>, Integer> counts(List<List<Object>> rows) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        for (List<Object> row : rows) {
            List<Object> rounded = new ArrayList<>();
            row.forEach(value -> rounded.add(rounded(value)));
            counts.merge(ValueOrder.key(rounded), 1, Integer::sum);
        }
        return counts;
    }

    private static Object rounded(Object value) {
        boolean exact = !(value instanceof Double real) || Double.isNaN(real) || Double.isInfinite(real);
        return exact ? value : new BigDecimal((Double) value).round(DIGITS);
    }

    @Override
    public String toString() {
        return hasFailed() ? "error " + sqlState + ": " + message : rows.toString();
    }
}
