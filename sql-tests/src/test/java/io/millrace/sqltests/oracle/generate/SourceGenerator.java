package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.ColumnUse;
import io.millrace.sqltests.oracle.query.Expression;
import io.millrace.sqltests.oracle.query.JoinSource;
import io.millrace.sqltests.oracle.query.Operation;
import io.millrace.sqltests.oracle.query.OperationCall;
import io.millrace.sqltests.oracle.query.Operations;
import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.QuerySource;
import io.millrace.sqltests.oracle.query.Source;
import io.millrace.sqltests.oracle.query.TableSource;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Makes what stands in FROM. */
final class SourceGenerator {
    private final Choice choice;
    private final QueryGenerator queries;
    private final Deque<SampleTable> tables = new ArrayDeque<>();
    private int aliases;

    SourceGenerator(Choice choice, QueryGenerator queries, List<SampleTable> tables) {
        this.choice = choice;
        this.queries = queries;
        this.tables.addAll(tables);
    }

    /** Makes a name known; the last one is the first to be taken away. */
    void enter(SampleTable named) {
        tables.push(named);
    }

    void leave() {
        tables.pop();
    }

    String alias(String prefix) {
        return prefix + ++aliases;
    }

    Source source(int depth) {
        Source source = single(depth);
        for (int joins = choice.below(Math.min(3, depth + 1)); joins > 0; joins--) {
            source = join(source, depth, false);
        }
        return source;
    }

    private Source single(int depth) {
        if (depth > 0 && choice.percent(15)) {
            return derived(depth - 1);
        }
        SampleTable table = choice.percent(20) ? tables.peek() : choice.of(List.copyOf(tables));
        String alias = alias("a");
        List<ColumnUse> columns = table.columns().stream()
                .map(column -> new ColumnUse(alias, column.name(), column.type()))
                .toList();
        return new TableSource(table.name(), alias, columns);
    }

    private Source derived(int depth) {
        Query query = queries.query(null, null, depth);
        String alias = alias("q");
        List<ColumnUse> columns = new ArrayList<>();
        for (ValueType type : query.types()) {
            columns.add(new ColumnUse(alias, "c" + (columns.size() + 1), type));
        }
        return new QuerySource(query, alias, columns);
    }

    /** @param nested whether it stands in parentheses */
    private Source join(Source left, int depth, boolean nested) {
        Source right = choice.percent(15) && depth > 1 ? join(single(depth - 1), 0, true) : single(depth - 1);
        List<JoinSource.Shared> shared = shared(left, right);
        if (!shared.isEmpty() && choice.percent(25)) {
            boolean natural = choice.percent(40);
            List<JoinSource.Shared> used = natural || choice.percent(50) ? shared : shared.subList(0, 1);
            return new JoinSource(keeping(), left, right, null, used, natural);
        }
        if (choice.percent(12)) {
            boolean isComma = !nested && !(right instanceof JoinSource) && !(left instanceof JoinSource);
            return new JoinSource(
                    isComma && choice.percent(50) ? JoinSource.Kind.COMMA : JoinSource.Kind.CROSS,
                    left,
                    right,
                    null,
                    List.of(),
                    false);
        }
        return new JoinSource(keeping(), left, right, condition(left, right, depth), List.of(), false);
    }

    private JoinSource.Kind keeping() {
        return choice.of(
                JoinSource.Kind.INNER,
                JoinSource.Kind.INNER,
                JoinSource.Kind.LEFT,
                JoinSource.Kind.RIGHT,
                JoinSource.Kind.FULL);
    }

    private List<JoinSource.Shared> shared(Source left, Source right) {
        List<JoinSource.Shared> shared = new ArrayList<>();
        if (left instanceof TableSource && right instanceof TableSource) {
            for (ColumnUse first : left.columns()) {
                right.columns().stream()
                        .filter(second -> second.name().equals(first.name()))
                        .forEach(second -> shared.add(JoinSource.Shared.of(first, second)));
            }
        }
        return shared;
    }

    /** Mostly equalities between both sides, with or without other conditions. */
    private Expression condition(Source left, Source right, int depth) {
        List<ColumnUse> all = new ArrayList<>(left.columns());
        all.addAll(right.columns());
        Scope scope = Scope.of(all, null);
        Expression condition = choice.percent(80) ? pair(left, right) : null;
        if (condition == null) {
            return queries.expressions().condition(scope, Math.min(2, depth));
        }
        if (choice.percent(30)) {
            Expression other = choice.percent(40)
                    ? pair(left, right)
                    : queries.expressions().condition(scope, Math.min(2, depth));
            return other == null ? condition : new OperationCall(junction(), List.of(condition, other));
        }
        return condition;
    }

    private Operation junction() {
        String name = choice.percent(75) ? "(%s AND %s)" : "(%s OR %s)";
        return named(name, List.of(ValueType.BOOLEAN, ValueType.BOOLEAN));
    }

    private static Operation named(String template, List<ValueType> arguments) {
        return Operations.of(ValueType.BOOLEAN).stream()
                .filter(operation -> operation.template().equals(template)
                        && operation.arguments().equals(arguments))
                .findFirst()
                .orElseThrow();
    }

    /** Null when the sides have no columns that compare. */
    private Expression pair(Source left, Source right) {
        for (int i = 0; i < 6; i++) {
            ColumnUse first = choice.of(left.columns());
            ColumnUse second = choice.of(right.columns());
            if (first.type() == second.type()
                    || (first.type().isNumeric() && second.type().isNumeric())) {
                boolean swaps = choice.percent(30);
                ColumnUse one = swaps ? second : first;
                ColumnUse other = swaps ? first : second;
                String template = choice.of(
                        "(%s = %s)",
                        "(%s = %s)", "(%s = %s)", "(%s IS NOT DISTINCT FROM %s)", "(%s < %s)", "(%s <> %s)");
                return new OperationCall(named(template, List.of(one.type(), other.type())), List.of(one, other));
            }
        }
        return null;
    }
}
