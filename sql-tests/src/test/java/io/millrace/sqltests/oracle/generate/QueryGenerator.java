package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.Expression;
import io.millrace.sqltests.oracle.query.OrderedQuery;
import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.SetQuery;
import io.millrace.sqltests.oracle.query.ValueType;
import io.millrace.sqltests.oracle.query.ValuesQuery;
import io.millrace.sqltests.oracle.query.WithQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes queries over tables. */
public final class QueryGenerator {
    private final Choice choice;
    private final SourceGenerator sources;
    private final ExpressionGenerator expressions;
    private final SelectGenerator selects;
    private final boolean limits;

    public QueryGenerator(Random random, List<SampleTable> tables) {
        this(random, tables, true);
    }

    /** @param limits whether a part of the rows may be asked for, by ORDER BY and LIMIT */
    public QueryGenerator(Random random, List<SampleTable> tables, boolean limits) {
        this.limits = limits;
        choice = new Choice(random);
        sources = new SourceGenerator(choice, this, tables);
        expressions = new ExpressionGenerator(choice, new SubQueryGenerator(choice, this));
        selects = new SelectGenerator(choice, sources, expressions);
    }

    ExpressionGenerator expressions() {
        return expressions;
    }

    /** @param depth how many levels it may have */
    public Query query(int depth) {
        Query query = choice.percent(12) ? selects.averages(depth) : query(null, null, depth);
        return isOrdered(query) || choice.percent(60) ? query : ordered(query, choice.percent(40));
    }

    /** A query without an order, with columns of these types; null: of any. */
    public Query unordered(List<ValueType> types, int depth) {
        return types == null && choice.percent(12) ? selects.averages(depth) : query(types, null, depth);
    }

    /**
     * @param types of its columns; null: any
     * @param outer null: nothing around can be named
     */
    Query query(List<ValueType> types, Scope outer, int depth) {
        int kind = depth > 0 ? choice.below(100) : 50;
        if (kind < 12) {
            return set(types, outer, depth - 1);
        }
        if (kind < 16 && outer == null) {
            return with(types, depth - 1);
        }
        if (kind < 20) {
            return values(types);
        }
        if (kind < 28 && limits) {
            return ordered(selects.select(types, outer, depth), true);
        }
        return selects.select(types, outer, depth);
    }

    private static boolean isOrdered(Query query) {
        return query instanceof OrderedQuery || (query instanceof WithQuery with && isOrdered(with.body()));
    }

    /** A query of one column that gives one row at most, or, without limits, mostly does. */
    Query single(ValueType type, Scope outer, int depth) {
        if (choice.percent(80)) {
            return selects.total(type, outer, depth);
        }
        if (!limits) {
            return selects.select(List.of(type), outer, depth);
        }
        OrderedQuery ordered = ordered(selects.select(List.of(type), outer, depth), true);
        return new OrderedQuery(ordered.query(), ordered.keys(), 1, ordered.offset());
    }

    private Query set(List<ValueType> types, Scope outer, int depth) {
        Query left = query(types, outer, depth);
        List<ValueType> same = left.types();
        SetQuery.Kind kind = choice.of(SetQuery.Kind.values());
        return new SetQuery(kind, choice.percent(50), left, query(same, outer, depth));
    }

    private Query with(List<ValueType> types, int depth) {
        Query definition = query(null, null, depth);
        String name = sources.alias("w");
        List<SampleTable.Column> columns = new ArrayList<>();
        for (ValueType type : definition.types()) {
            columns.add(new SampleTable.Column("c" + (columns.size() + 1), type, false));
        }
        sources.enter(new SampleTable(name, false, columns, -1, List.of()));
        Query body = selects.select(types, null, depth);
        sources.leave();
        return new WithQuery(
                name, columns.stream().map(SampleTable.Column::name).toList(), definition, body);
    }

    private Query values(List<ValueType> types) {
        List<ValueType> columns = types == null ? selects.types(Scope.of(List.of(), null)) : types;
        List<List<Expression>> tuples = new ArrayList<>();
        for (int i = 1 + choice.below(3); i > 0; i--) {
            tuples.add(columns.stream().map(expressions::literal).toList());
        }
        return new ValuesQuery(tuples);
    }

    private OrderedQuery ordered(Query query, boolean isPart) {
        int width = query.types().size();
        List<Integer> columns =
                new ArrayList<>(IntStream.range(0, width).boxed().toList());
        java.util.Collections.shuffle(columns, choice.random());
        int count = isPart ? width : 1 + choice.below(width);
        List<OrderedQuery.Key> keys = columns.subList(0, count).stream()
                .map(column -> new OrderedQuery.Key(
                        column, choice.percent(40), choice.percent(70) ? null : (Boolean) choice.percent(50)))
                .toList();
        return new OrderedQuery(
                query,
                keys,
                isPart ? (Integer) choice.below(6) : null,
                isPart && choice.percent(40) ? choice.below(4) : 0);
    }
}
