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
    private final WindowQueryGenerator windows;

    ViewQueryGenerator(Draw draw, List<Source> sources) {
        this.draw = draw;
        this.sources = sources;
        windows = new WindowQueryGenerator(draw);
    }

    /**
     * @param views those that it may read
     * @param types of its columns; null: any
     */
    ViewQuery query(List<SampleTable> views, List<ValueType> types) {
        Source numbers = named("n1");
        if (types == null && numbers != null && draw.percent(20)) {
            return numbers();
        }
        if (types == null && named("e1") != null && draw.percent(25)) {
            return windows.query();
        }
        return typed(views, types);
    }

    /** One of expressions whose meaning is known, over what they can name. */
    ViewQuery typed(List<SampleTable> views, List<ValueType> types) {
        List<SampleTable> readable = new ArrayList<>();
        sources.stream().map(Source::sample).filter(table -> table != null).forEach(readable::add);
        if (draw.percent(40) && !views.isEmpty()) {
            readable = new ArrayList<>(draw.percent(50) ? List.of() : readable);
        }
        readable.addAll(views);
        return new ViewQuery.Tree(new QueryGenerator(draw.random(), readable, false).unordered(types, draw.below(4)));
    }

    /** A query over windows that may be asked when they close; null when there is no stream for it. */
    ClauseQuery closing() {
        return named("e1") == null ? null : windows.closing();
    }

    /** How often there is what; a continuous query of it begins with the answer so far. */
    ViewQuery counted(SampleTable relation) {
        List<ClauseQuery.Item> keys = new ArrayList<>();
        for (SampleTable.Column column : draw.some(relation.columns(), draw.below(3))) {
            keys.add(new ClauseQuery.Item(column.name(), column.type()));
        }
        List<ClauseQuery.Item> items = new ArrayList<>(List.of(new ClauseQuery.Item("COUNT(*)", ValueType.BIGINT)));
        SampleTable.Column column = draw.of(relation.columns());
        items.add(new ClauseQuery.Item(
                draw.of("COUNT(%s)", "MAX(%s)", "COUNT(DISTINCT %s)").formatted(column.name()), null));
        return new ClauseQuery(keys, "%s", items, relation.name(), null, null);
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
}
