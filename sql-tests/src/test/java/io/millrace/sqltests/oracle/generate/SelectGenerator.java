package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.AggregateCall;
import io.millrace.sqltests.oracle.query.AggregateFunction;
import io.millrace.sqltests.oracle.query.ColumnUse;
import io.millrace.sqltests.oracle.query.Expression;
import io.millrace.sqltests.oracle.query.Grouping;
import io.millrace.sqltests.oracle.query.JoinSource;
import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.SelectQuery;
import io.millrace.sqltests.oracle.query.Source;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes SELECTs. */
final class SelectGenerator {
    private static final int MOST_ITEMS = 3;

    private final Choice choice;
    private final SourceGenerator sources;
    private final ExpressionGenerator expressions;

    SelectGenerator(Choice choice, SourceGenerator sources, ExpressionGenerator expressions) {
        this.choice = choice;
        this.sources = sources;
        this.expressions = expressions;
    }

    Query select(List<ValueType> types, Scope outer, int depth) {
        Source from = choice.percent(4) ? null : sources.source(depth);
        Scope scope = scope(from, outer);
        Expression where = from != null && choice.percent(55) ? expressions.condition(scope, depth) : null;
        if (from != null && choice.percent(30)) {
            return grouped(types, from, where, scope, depth);
        }
        boolean distinct = choice.percent(15);
        if (types == null && from != null && choice.percent(20)) {
            return new SelectQuery(distinct, null, from, where, null, null);
        }
        return new SelectQuery(distinct, items(types, scope, depth), from, where, null, null);
    }

    private static Scope scope(Source from, Scope outer) {
        if (from == null) {
            return Scope.of(List.of(), outer);
        }
        Stream<ColumnUse> shared =
                from instanceof JoinSource join ? join.shared().stream().map(JoinSource.Shared::both) : Stream.of();
        return Scope.of(Stream.concat(shared, from.columns().stream()).toList(), outer);
    }

    private Query grouped(List<ValueType> types, Source from, Expression where, Scope scope, int depth) {
        Grouping grouping = grouping(scope, depth);
        Scope groups = scope.grouped(grouping.keys(), grouping.kind() != Grouping.Kind.PLAIN, columns(scope));
        List<Expression> items = items(types, groups, depth);
        Expression having = choice.percent(35) ? expressions.condition(groups, depth) : null;
        if (grouping.keys().isEmpty()) {
            // what makes it one group, if nothing else does
            Expression counts = new AggregateCall(AggregateFunction.COUNT, ValueType.BIGINT, false, List.of(), null);
            having = having == null || !holdsAggregate(having, items) ? expressions.comparedWithNumber(counts) : having;
        }
        return new SelectQuery(choice.percent(10), items, from, where, grouping, having);
    }

    private static boolean holdsAggregate(Expression having, List<Expression> items) {
        return having instanceof AggregateCall || items.stream().anyMatch(AggregateCall.class::isInstance);
    }

    private static List<ColumnUse> columns(Scope scope) {
        return scope.terms().stream().map(term -> (ColumnUse) term).toList();
    }

    private Grouping grouping(Scope scope, int depth) {
        List<Expression> keys = new ArrayList<>();
        for (int i = choice.below(4); i > 0; i--) {
            Expression term = choice.of(scope.terms());
            Expression key = choice.percent(80) ? term : expressions.key(term.type(), scope);
            if (key != null && !keys.contains(key)) {
                keys.add(key);
            }
        }
        Grouping.Kind kind =
                keys.isEmpty() || choice.percent(65) ? Grouping.Kind.PLAIN : choice.of(Grouping.Kind.values());
        return new Grouping(kind, keys, kind == Grouping.Kind.SETS ? sets(keys.size()) : List.of());
    }

    /** Each key is in one of them at least. */
    private List<List<Integer>> sets(int keys) {
        List<List<Integer>> sets = new ArrayList<>();
        sets.add(IntStream.range(0, keys).boxed().toList());
        for (int i = choice.below(3); i > 0; i--) {
            List<Integer> set = IntStream.range(0, keys)
                    .filter(key -> choice.percent(50))
                    .boxed()
                    .toList();
            if (!sets.contains(set)) {
                sets.add(set);
            }
        }
        return sets;
    }

    List<ValueType> types(Scope scope) {
        return IntStream.range(0, 1 + choice.below(MOST_ITEMS))
                .mapToObj(i -> scope.terms().isEmpty() || choice.percent(40)
                        ? choice.of(ValueType.values())
                        : choice.of(scope.terms()).type())
                .toList();
    }

    private List<Expression> items(List<ValueType> types, Scope scope, int depth) {
        return (types == null ? types(scope) : types)
                .stream()
                        .map(type -> expressions.expression(type, scope, depth))
                        .toList();
    }

    /** One row with an aggregate over all rows. */
    Query total(ValueType type, Scope outer, int depth) {
        Source from = sources.source(depth);
        Scope scope = scope(from, outer);
        Expression where = choice.percent(75) ? expressions.condition(scope, depth) : null;
        Expression item = expressions.aggregate(type, scope.grouped(List.of(), false, columns(scope)), depth - 1);
        return new SelectQuery(
                false, List.of(item), from, where, new Grouping(Grouping.Kind.PLAIN, List.of(), List.of()), null);
    }

    /** Averages by key. */
    Query averages(int depth) {
        Source from = sources.source(depth);
        Scope scope = scope(from, null);
        Grouping grouping = grouping(scope, depth);
        Scope groups = scope.grouped(grouping.keys(), false, columns(scope));
        List<Expression> items = new ArrayList<>(grouping.keys());
        items.add(expressions.average(groups, depth));
        items.add(expressions.average(groups, depth));
        Expression where = choice.percent(50) ? expressions.condition(scope, depth) : null;
        return new SelectQuery(false, items, from, where, grouping, null);
    }
}
