package io.millrace.planner.subquery;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Rows, and with them what sub-queries say about each: every sub-query is joined to them, and what it says computed from
 * the columns that it brings. There is one joined row for each row at most.
 */
final class SubQueryColumns {
    private final SubQueries subQueries;
    private final RelNode outer;
    private final Set<CorrelationId> names;
    private final int offset;
    private final RexBuilder builder;
    private final Map<RexSubQuery, RexNode> values = new HashMap<>();

    private RelNode rows;

    /**
     * @param names of the rows in sub-queries
     * @param offset of their first column in what has these names
     */
    SubQueryColumns(SubQueries subQueries, RelNode outer, Set<CorrelationId> names, int offset) {
        this.subQueries = subQueries;
        this.outer = outer;
        this.offset = offset;
        this.names = names;
        rows = outer;
        builder = outer.getCluster().getRexBuilder();
    }

    /** The columns that there were, then those that sub-queries brought. */
    RelNode rows() {
        return rows;
    }

    /** An expression over {@link #rows} in place of one with sub-queries. */
    RexNode replace(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexNode known = values.get(subQuery);
                if (known == null) {
                    known = value((RexSubQuery) super.visitSubQuery(subQuery));
                    values.put(subQuery, known);
                }
                return known;
            }
        });
    }

    List<RexNode> replace(List<RexNode> expressions) {
        return expressions.stream().map(this::replace).toList();
    }

    private RexNode value(RexSubQuery subQuery) {
        UnnestedQuery query = unnested(subQuery.rel);
        switch (subQuery.getKind()) {
            case EXISTS:
                return exists(query);
            case SCALAR_QUERY:
                return scalar(query);
            case IN:
                return in(subQuery, query);
            case SOME:
                SqlKind comparison = ((SqlQuantifyOperator) subQuery.getOperator()).comparisonKind;
                if (comparison == SqlKind.EQUALS) {
                    return in(subQuery, query);
                }
                if (subQuery.getOperands().size() > 1) {
                    throw subQueries.refused(); // rows are compared by their first columns first
                }
                return some(subQuery, comparison, query);
            default:
                throw subQueries.refused();
        }
    }

    private UnnestedQuery unnested(RelNode nested) {
        UnnestedQuery query = UnnestedQuery.of(subQueries.rewrite(nested), names, offset, outer);
        if (query == null) {
            throw subQueries.refused();
        }
        return query;
    }

    /** Joins rows that begin with the keys; returns the position of their first column. */
    private int join(UnnestedQuery query, RelNode right, List<RexNode> others) {
        int first = Rels.width(rows);
        rows = Rels.join(rows, right, JoinRelType.LEFT, conditions(query, right, others));
        return first;
    }

    /** That a row, which begins with the keys, belongs to the outer row, and that what follows equals {@code others}. */
    private List<RexNode> conditions(UnnestedQuery query, RelNode right, List<RexNode> others) {
        RelNode pair = Rels.join(rows, right, JoinRelType.INNER, List.of());
        int width = Rels.width(rows);
        List<RexNode> conditions = query.belongs(pair, width);
        for (int i = 0; i < others.size(); i++) {
            RexNode inner = Rels.field(pair, width + query.keys() + i);
            conditions.add(builder.makeCall(SqlStdOperatorTable.EQUALS, others.get(i), inner));
        }
        return conditions;
    }

    /** Keeps the rows for which a sub-query that has no other value than true, or none at all, does so. */
    void keep(RexSubQuery subQuery, boolean negated) {
        List<RexNode> operands = replace(subQuery.getOperands());
        UnnestedQuery query = unnested(subQuery.rel);
        RelNode right = query.keyed(Rels.fields(query.rows(), 0, operands.size()));
        if (Rels.width(right) == 0) {
            right = Rels.distinct(query.keyed(List.of(builder.makeLiteral(true))));
        }
        JoinRelType type = negated ? JoinRelType.ANTI : JoinRelType.SEMI;
        rows = Rels.join(rows, right, type, conditions(query, right, operands));
    }

    private RexNode exists(UnnestedQuery query) {
        RelNode found = Rels.distinct(query.keyed(List.of(builder.makeLiteral(true))));
        int first = join(query, found, List.of());
        return isNotNull(first + query.keys());
    }

    private RexNode scalar(UnnestedQuery query) {
        RelNode single = query.keyed(List.of(Rels.field(query.rows(), 0)));
        int keys = query.keys();
        if (!Rels.hasOneRow(query.query())) {
            single = Rels.aggregate(
                    single,
                    keys,
                    List.of(Rels.call(single, keys, SqlStdOperatorTable.SINGLE_VALUE, List.of(keys), -1)));
        }
        int first = join(query, single, List.of());
        return Rels.field(rows, first + keys);
    }

    /**
     * True when a row equals the operands. When none does, unknown if a NULL kept one from doing so: if there are rows, and
     * an operand is NULL or a row has a NULL.
     */
    private RexNode in(RexSubQuery subQuery, UnnestedQuery query) {
        boolean nullable = subQuery.getType().isNullable();
        if (nullable && subQuery.getOperands().size() > 1) {
            return inRows(subQuery, query);
        }
        List<RexNode> columns =
                Rels.fields(query.rows(), 0, subQuery.getOperands().size());
        columns.add(builder.makeLiteral(true));
        int found = join(query, Rels.distinct(query.keyed(columns)), subQuery.getOperands());
        RexNode isFound = isNotNull(found + query.keys() + columns.size() - 1);
        if (!nullable) {
            return isFound;
        }
        RexNode operand = subQuery.getOperands().get(0);
        RelNode counted = query.keyed(Rels.fields(query.rows(), 0, 1));
        int keys = query.keys();
        int counts = join(
                query,
                Rels.aggregate(
                        counted,
                        keys,
                        List.of(
                                Rels.call(counted, keys, SqlStdOperatorTable.COUNT, List.of(), -1),
                                Rels.call(counted, keys, SqlStdOperatorTable.COUNT, List.of(keys), -1))),
                List.of());
        RexNode all = Rels.field(rows, counts + keys);
        RexNode unknown = builder.makeCall(
                SqlStdOperatorTable.OR,
                builder.makeCall(SqlStdOperatorTable.IS_NULL, operand),
                builder.makeCall(SqlStdOperatorTable.LESS_THAN, Rels.field(rows, counts + keys + 1), all));
        return choose(
                subQuery.getType(),
                isFound,
                builder.makeLiteral(true),
                isNone(all),
                builder.makeLiteral(false),
                unknown,
                builder.makeNullLiteral(subQuery.getType()),
                builder.makeLiteral(false));
    }

    /** Several operands that may be NULL: every row is compared with each tuple of operands. */
    private RexNode inRows(RexSubQuery subQuery, UnnestedQuery query) {
        List<RexNode> operands = subQuery.getOperands();
        int keys = query.keys();
        int width = Rels.width(rows);
        List<RexNode> widened = Rels.fields(rows, 0, width);
        widened.addAll(operands);
        rows = Rels.project(rows, widened);
        List<RexNode> asked = new ArrayList<>();
        query.correlation().columns().forEach(column -> asked.add(Rels.field(rows, column)));
        asked.addAll(Rels.fields(rows, width, width + operands.size()));
        RelNode tuples = Rels.distinct(Rels.project(rows, asked));
        RelNode inner = query.keyed(Rels.fields(query.rows(), 0, operands.size()));
        RelNode pair = Rels.join(tuples, inner, JoinRelType.INNER, List.of());
        List<RexNode> conditions = new ArrayList<>();
        int offset = keys + operands.size();
        for (int key = 0; key < keys; key++) {
            conditions.add(Rels.same(builder, Rels.field(pair, key), Rels.field(pair, offset + key)));
        }
        List<RexNode> equal = IntStream.range(keys, offset)
                .mapToObj(i ->
                        builder.makeCall(SqlStdOperatorTable.EQUALS, Rels.field(pair, i), Rels.field(pair, offset + i)))
                .toList();
        equal.forEach(one -> conditions.add(builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, one)));
        RelNode candidates = Rels.join(tuples, inner, JoinRelType.INNER, conditions);
        List<RexNode> columns = Rels.fields(candidates, 0, offset);
        columns.add(builder.makeCall(
                SqlStdOperatorTable.IS_TRUE, org.apache.calcite.rex.RexUtil.composeConjunction(builder, equal)));
        RelNode judged = Rels.project(candidates, columns);
        RelNode counted = Rels.aggregate(
                judged,
                offset,
                List.of(
                        Rels.call(judged, offset, SqlStdOperatorTable.COUNT, List.of(), -1),
                        Rels.call(judged, offset, SqlStdOperatorTable.COUNT, List.of(), offset)));
        RelNode both = Rels.join(rows, counted, JoinRelType.INNER, List.of());
        int first = Rels.width(rows);
        List<RexNode> same = new ArrayList<>();
        for (int i = 0; i < offset; i++) {
            int column = i < keys ? query.correlation().columns().get(i) : width + i - keys;
            same.add(Rels.same(builder, Rels.field(both, column), Rels.field(both, first + i)));
        }
        rows = Rels.join(rows, counted, JoinRelType.LEFT, same);
        RexNode zero = builder.makeExactLiteral(BigDecimal.ZERO);
        return choose(
                subQuery.getType(),
                isNone(Rels.field(rows, first + offset)),
                builder.makeLiteral(false),
                builder.makeCall(SqlStdOperatorTable.GREATER_THAN, Rels.field(rows, first + offset + 1), zero),
                builder.makeLiteral(true),
                builder.makeNullLiteral(subQuery.getType()));
    }

    /** An order holds for some value if it holds for the least or the greatest; a difference, if it does for either. */
    private RexNode some(RexSubQuery subQuery, SqlKind comparison, UnnestedQuery query) {
        RexNode operand = subQuery.getOperands().get(0);
        RelNode values = query.keyed(Rels.fields(query.rows(), 0, 1));
        int keys = query.keys();
        int first = join(
                query,
                Rels.aggregate(
                        values,
                        keys,
                        List.of(
                                Rels.call(values, keys, SqlStdOperatorTable.COUNT, List.of(), -1),
                                Rels.call(values, keys, SqlStdOperatorTable.COUNT, List.of(keys), -1),
                                Rels.call(values, keys, SqlStdOperatorTable.MIN, List.of(keys), -1),
                                Rels.call(values, keys, SqlStdOperatorTable.MAX, List.of(keys), -1))),
                List.of());
        RexNode all = Rels.field(rows, first + keys);
        SqlOperator operator = org.apache.calcite.plan.RelOptUtil.op(comparison, null);
        RexNode least = builder.makeCall(operator, operand, Rels.field(rows, first + keys + 2));
        RexNode greatest = builder.makeCall(operator, operand, Rels.field(rows, first + keys + 3));
        RexNode holds;
        if (comparison == SqlKind.NOT_EQUALS) {
            holds = builder.makeCall(SqlStdOperatorTable.OR, least, greatest);
        } else {
            holds = comparison == SqlKind.GREATER_THAN || comparison == SqlKind.GREATER_THAN_OR_EQUAL
                    ? least
                    : greatest;
        }
        return choose(
                subQuery.getType(),
                isNone(all),
                builder.makeLiteral(false),
                builder.makeCall(SqlStdOperatorTable.IS_TRUE, holds),
                builder.makeLiteral(true),
                builder.makeCall(SqlStdOperatorTable.LESS_THAN, Rels.field(rows, first + keys + 1), all),
                builder.makeNullLiteral(subQuery.getType()),
                holds);
    }

    private RexNode isNotNull(int column) {
        return builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, Rels.field(rows, column));
    }

    /** Whether a count, which is NULL where nothing was joined, is of no rows. */
    private RexNode isNone(RexNode count) {
        return builder.makeCall(
                SqlStdOperatorTable.OR,
                builder.makeCall(SqlStdOperatorTable.IS_NULL, count),
                builder.makeCall(SqlStdOperatorTable.EQUALS, count, builder.makeExactLiteral(BigDecimal.ZERO)));
    }

    private RexNode choose(RelDataType type, RexNode... branches) {
        return builder.makeCall(type, SqlStdOperatorTable.CASE, List.of(branches));
    }
}
