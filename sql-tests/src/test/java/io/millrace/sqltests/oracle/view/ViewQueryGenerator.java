package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.generate.QueryGenerator;
import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Makes queries for views. */
final class ViewQueryGenerator {
    private final Draw draw;
    private final List<Source> sources;

    ViewQueryGenerator(Draw draw, List<Source> sources) {
        this.draw = draw;
        this.sources = sources;
    }

    /**
     * @param views those that it may read
     * @param types of its columns; null: any
     */
    ViewQuery query(List<SampleTable> views, List<ValueType> types) {
        Source numbers = named("n1");
        Source events = named("e1");
        if (types == null && numbers != null && draw.percent(20)) {
            return numbers();
        }
        if (types == null && events != null && draw.percent(25)) {
            return draw.percent(80) ? windows() : assigned();
        }
        List<SampleTable> readable = new ArrayList<>();
        sources.stream().map(Source::sample).filter(table -> table != null).forEach(readable::add);
        if (draw.percent(40) && !views.isEmpty()) {
            readable = new ArrayList<>(draw.percent(50) ? List.of() : readable);
        }
        readable.addAll(views);
        return new ViewQuery.Tree(new QueryGenerator(draw.random(), readable, false).unordered(types, draw.below(4)));
    }

    private Source named(String name) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** All aggregates over all numbers. */
    private ViewQuery numbers() {
        List<ClauseQuery.Item> keys = new ArrayList<>();
        for (String key : draw.some(List.of("k", "s", "MOD(x, 3)", "z", "w"), draw.below(3))) {
            keys.add(new ClauseQuery.Item(key, null));
        }
        List<ClauseQuery.Item> items = new ArrayList<>();
        for (int i = 1 + draw.below(4); i > 0; i--) {
            items.add(new ClauseQuery.Item(aggregate(), null));
        }
        String groups = draw.percent(70)
                ? "%s"
                : draw.of("ROLLUP(%s)", "CUBE(%s)", "GROUPING SETS ((%s), ())", "GROUPING SETS ((%s), (%1$s))");
        return new ClauseQuery(
                keys,
                groups,
                items,
                "n1",
                draw.percent(40) ? draw.of("x > 0", "y <> 1", "s <> 'a'", "z < 2", "k IS NOT NULL") : null,
                draw.percent(25) ? draw.of("COUNT(*) > 1", "SUM(x) <> 3", "MAX(z) > 0", "MIN(s) IS NOT NULL") : null);
    }

    private String aggregate() {
        String number = draw.of("x", "y", "z", "w", "d", "r");
        String call = draw.of(
                "COUNT(*)",
                "SUM(%s)",
                "SUM(%s)",
                "AVG(%s)",
                "MIN(%s)",
                "MAX(%s)",
                "VAR_POP(%s)",
                "VAR_SAMP(%s)",
                "STDDEV_POP(%s)",
                "STDDEV_SAMP(%s)",
                "COUNT(DISTINCT %s)",
                "SUM(DISTINCT %s)",
                "AVG(DISTINCT %s)",
                "BIT_AND(x)",
                "BIT_OR(x)",
                "BIT_XOR(y)",
                "MIN(s)",
                "MAX(s)",
                "COUNT(DISTINCT s)",
                "EVERY(x > 1)",
                "BOOL_OR(y = 1)");
        String filter =
                draw.percent(25) ? " FILTER (WHERE " + draw.of("x > 0", "s = 'a'", "z <= 1", "k = 1") + ")" : "";
        return String.format(call, number) + filter;
    }

    /** Aggregates over windows. */
    private ViewQuery windows() {
        List<ClauseQuery.Item> keys = new ArrayList<>();
        boolean isByKey = draw.percent(60);
        List<ClauseQuery.Item> items = new ArrayList<>();
        for (String call : draw.some(
                List.of("COUNT(*)", "SUM(x)", "SUM(z)", "MIN(x)", "MAX(k)", "AVG(z)", "COUNT(DISTINCT k)"),
                1 + draw.below(3))) {
            items.add(new ClauseQuery.Item(call, null));
        }
        String where = draw.percent(30) ? draw.of("x > 1", "k <> 'a'", "z < 1") : null;
        if (draw.percent(25)) {
            keys.add(new ClauseQuery.Item("k", ValueType.VARCHAR));
            return new ClauseQuery(
                    keys, null, items, "e1 WINDOW " + draw.of("HOP(30s, 10s)", "TUMBLE(10s)"), where, null);
        }
        keys.add(new ClauseQuery.Item("window_start", ValueType.TIMESTAMP));
        keys.add(new ClauseQuery.Item("window_end", ValueType.TIMESTAMP));
        if (isByKey) {
            keys.add(new ClauseQuery.Item("k", ValueType.VARCHAR));
        }
        return new ClauseQuery(keys, "%s", items, windowed(), where, draw.percent(20) ? "COUNT(*) > 1" : null);
    }

    private String windowed() {
        return "TABLE("
                + draw.of(
                        "TUMBLE(TABLE e1, DESCRIPTOR(ts), INTERVAL '10' SECOND)",
                        "TUMBLE(TABLE e1, DESCRIPTOR(ts), INTERVAL '7' SECOND)",
                        "HOP(TABLE e1, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '20' SECOND)",
                        "HOP(TABLE e1, DESCRIPTOR(ts), INTERVAL '4' SECOND, INTERVAL '10' SECOND)")
                + ")";
    }

    private ViewQuery assigned() {
        return new ClauseQuery(
                List.of(),
                null,
                List.of(
                        new ClauseQuery.Item("window_start", ValueType.TIMESTAMP),
                        new ClauseQuery.Item("k", ValueType.VARCHAR),
                        new ClauseQuery.Item("x", ValueType.INTEGER)),
                windowed(),
                draw.percent(50) ? "x > 1" : null,
                null);
    }
}
