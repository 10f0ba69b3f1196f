package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Makes queries over windows of the stream {@code e1}. */
final class WindowQueryGenerator {
    private static final ClauseQuery.Item START = new ClauseQuery.Item("window_start", ValueType.TIMESTAMP);
    private static final ClauseQuery.Item END = new ClauseQuery.Item("window_end", ValueType.TIMESTAMP);
    private static final ClauseQuery.Item KEY = new ClauseQuery.Item("k", ValueType.VARCHAR);

    /** In percent. */
    private static final int DISTINCT = 8;

    private static final List<String> ASSIGNED = List.of(
            "TABLE(TUMBLE(TABLE e1, DESCRIPTOR(ts), INTERVAL '10' SECOND))",
            "TABLE(TUMBLE(TABLE e1, DESCRIPTOR(ts), INTERVAL '7' SECOND))",
            "TABLE(HOP(TABLE e1, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND))",
            "TABLE(HOP(TABLE e1, DESCRIPTOR(ts), INTERVAL '4' SECOND, INTERVAL '10' SECOND))",
            "TABLE(CUMULATE(TABLE e1, DESCRIPTOR(ts), STEP => INTERVAL '5' SECOND, SIZE => INTERVAL '20' SECOND))",
            "TABLE(CUMULATE(TABLE e1, DESCRIPTOR(ts), STEP => INTERVAL '4' SECOND, SIZE => INTERVAL '12' SECOND))");

    private static final List<String> SUGAR =
            List.of("HOP(30s, 10s)", "TUMBLE(10s)", "CUMULATE(30s, 10s)", "SESSION(4s)", "SESSION(9s)");

    private final Draw draw;

    WindowQueryGenerator(Draw draw) {
        this.draw = draw;
    }

    ViewQuery query() {
        if (draw.percent(20)) {
            return assigned();
        }
        return draw.percent(30) ? sugar() : closing();
    }

    private ViewQuery sugar() {
        List<ClauseQuery.Item> keys = new ArrayList<>();
        if (draw.percent(40)) {
            keys.add(START);
        }
        keys.add(KEY);
        return new ClauseQuery(keys, null, items(), "e1 WINDOW " + draw.of(SUGAR), where(), null);
    }

    /** Aggregates of which each comes once when its window closes; the end of the window is the second column. */
    ClauseQuery closing() {
        if (draw.percent(30)) {
            return sessions();
        }
        List<ClauseQuery.Item> keys = new ArrayList<>(List.of(START, END));
        if (draw.percent(60)) {
            keys.add(KEY);
        }
        return new ClauseQuery(keys, "%s", items(), draw.of(ASSIGNED), where(), having());
    }

    /** Grouped by their own keys, of which alone WHERE may speak. */
    private ClauseQuery sessions() {
        String gap = "GAP => INTERVAL '" + draw.of("3", "5", "11") + "' SECOND";
        if (draw.percent(30)) {
            String all = "TABLE(SESSION(TABLE e1, DESCRIPTOR(ts), " + gap + "))";
            return new ClauseQuery(List.of(START, END), "%s", items(), all, null, having());
        }
        return new ClauseQuery(
                List.of(START, END, KEY),
                "%s",
                items(),
                "TABLE(SESSION(TABLE e1 PARTITION BY k, DESCRIPTOR(ts), " + gap + "))",
                draw.percent(30) ? "k <> 'a'" : null,
                having());
    }

    private List<ClauseQuery.Item> items() {
        List<ClauseQuery.Item> items = new ArrayList<>();
        List<String> calls = List.of(
                "COUNT(*)",
                "SUM(x)",
                "SUM(z)",
                "MIN(x)",
                "MAX(k)",
                "AVG(z)",
                "COUNT(z) FILTER (WHERE x > 1)",
                "STDDEV_POP(x)");
        for (String call : draw.some(calls, 1 + draw.below(3))) {
            items.add(new ClauseQuery.Item(call, null));
        }
        if (draw.percent(DISTINCT)) {
            items.add(new ClauseQuery.Item("COUNT(DISTINCT x)", null));
        }
        return items;
    }

    private String where() {
        return draw.percent(30) ? draw.of("x > 1", "k <> 'a'", "z < 1") : null;
    }

    private String having() {
        return draw.percent(20) ? draw.of("COUNT(*) > 1", "MAX(x) > 1") : null;
    }

    private ViewQuery assigned() {
        return new ClauseQuery(
                List.of(),
                null,
                List.of(START, KEY, new ClauseQuery.Item("x", ValueType.INTEGER)),
                draw.of(ASSIGNED),
                draw.percent(50) ? "x > 1" : null,
                null);
    }
}
