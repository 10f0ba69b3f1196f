package io.millrace.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * An aggregate for each row of a domain: grouped by the columns of the domain too. The group of all rows, which is there
 * even when there are no rows, is a left join of the domain:
 *
 * <pre>
 * Aggregate() COUNT(x)        =&gt;      Project(c or 0, b)
 *   input                               Join LEFT(b = b)
 *                                         domain(b)
 *                                         Aggregate(b) COUNT(x) AS c
 *                                           input with b
 * </pre>
 */
final class UnnestedAggregate {
    private final Aggregate aggregate;
    private final RelNode input;
    private final int inputWidth;
    private final RelNode domain;
    private final RexBuilder builder;
    private final int size;

    /** @param input that of the aggregate, with the columns of the domain behind the {@code inputWidth} that it had */
    UnnestedAggregate(Aggregate aggregate, RelNode input, int inputWidth, RelNode domain) {
        this.aggregate = aggregate;
        this.input = input;
        this.inputWidth = inputWidth;
        this.domain = domain;
        builder = domain.getCluster().getRexBuilder();
        size = Rels.width(domain);
    }

    /** The columns of the aggregate, then those of the domain. */
    RelNode build() {
        List<ImmutableBitSet> sets = new ArrayList<>(aggregate.getGroupSets());
        if (!sets.remove(ImmutableBitSet.of())) {
            return grouped(sets);
        }
        return sets.isEmpty() ? total() : LogicalUnion.create(List.of(grouped(sets), total()), true);
    }

    private RelNode grouped(List<ImmutableBitSet> sets) {
        RelNode grouped = aggregated(aggregate.getGroupSet(), sets, aggregate.getAggCallList());
        int keys = aggregate.getGroupCount();
        List<RexNode> columns = Rels.fields(grouped, 0, keys);
        columns.addAll(Rels.fields(grouped, keys + size, Rels.width(grouped)));
        columns.addAll(Rels.fields(grouped, keys, keys + size));
        return Rels.project(grouped, columns);
    }

    private RelNode aggregated(ImmutableBitSet keys, List<ImmutableBitSet> sets, List<AggregateCall> calls) {
        ImmutableBitSet ofDomain = ImmutableBitSet.range(inputWidth, inputWidth + size);
        List<AggregateCall> adapted = calls.stream()
                .map(call -> call.adaptTo(input, call.getArgList(), call.filterArg, aggregate.hasEmptyGroup(), false))
                .toList();
        return LogicalAggregate.create(
                input,
                List.of(),
                keys.union(ofDomain),
                sets.stream().map(set -> set.union(ofDomain)).toList(),
                adapted);
    }

    private RelNode total() {
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .filter(call -> !isConstant(call))
                .toList();
        RelNode groups = aggregated(ImmutableBitSet.of(), List.of(ImmutableBitSet.of()), calls);
        RelNode pair = Rels.join(domain, groups, JoinRelType.INNER, List.of());
        List<RexNode> same = IntStream.range(0, size)
                .mapToObj(i -> Rels.same(builder, Rels.field(pair, i), Rels.field(pair, size + i)))
                .toList();
        RelNode joined = Rels.join(domain, groups, JoinRelType.LEFT, same);
        List<RexNode> columns = new ArrayList<>();
        for (int key = 0; key < aggregate.getGroupCount(); key++) {
            columns.add(builder.makeNullLiteral(
                    aggregate.getRowType().getFieldList().get(key).getType()));
        }
        int next = 2 * size;
        for (AggregateCall call : aggregate.getAggCallList()) {
            columns.add(isConstant(call) ? constant(call) : overNothing(call, Rels.field(joined, next++)));
        }
        columns.addAll(Rels.fields(joined, 0, size));
        return Rels.project(joined, columns);
    }

    private static boolean isConstant(AggregateCall call) {
        switch (call.getAggregation().getKind()) {
            case GROUPING:
            case GROUPING_ID:
            case LITERAL_AGG:
                return true;
            default:
                return false;
        }
    }

    /** The value for the group of all rows. */
    private RexNode constant(AggregateCall call) {
        if (!call.rexList.isEmpty()) {
            return (RexLiteral) call.rexList.get(0);
        }
        return builder.makeLiteral((1L << call.getArgList().size()) - 1, call.getType(), false);
    }

    /** The value, or what it is when there are no rows. */
    private RexNode overNothing(AggregateCall call, RexNode value) {
        switch (call.getAggregation().getKind()) {
            case COUNT:
            case SUM0:
                RelDataType type = call.getType();
                return builder.makeCall(
                        type,
                        SqlStdOperatorTable.CASE,
                        List.of(
                                builder.makeCall(SqlStdOperatorTable.IS_NULL, value),
                                builder.makeLiteral(0, type, false),
                                value));
            default:
                return value;
        }
    }
}
