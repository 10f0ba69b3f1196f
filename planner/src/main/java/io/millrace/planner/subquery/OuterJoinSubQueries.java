package io.millrace.planner.subquery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Sub-queries in the condition of a join that keeps rows without a partner: each is computed for the rows of the side that
 * it reads, before the join.
 */
final class OuterJoinSubQueries {
    private final SubQueries subQueries;
    private final Join join;
    private final int leftWidth;
    private final int rightWidth;
    private final SubQueryColumns left;
    private final SubQueryColumns right;

    OuterJoinSubQueries(SubQueries subQueries, Join join) {
        this.subQueries = subQueries;
        this.join = join;
        leftWidth = Rels.width(join.getLeft());
        rightWidth = Rels.width(join.getRight());
        left = new SubQueryColumns(subQueries, join.getLeft(), join.getVariablesSet(), 0);
        right = new SubQueryColumns(subQueries, join.getRight(), join.getVariablesSet(), leftWidth);
    }

    RelNode build() {
        Map<RexSubQuery, RexNode> ofLeft = new HashMap<>();
        Map<RexSubQuery, RexNode> ofRight = new HashMap<>();
        join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                Set<Integer> read = Correlation.read(subQuery, join.getVariablesSet());
                if (read.stream().allMatch(column -> column < leftWidth)) {
                    ofLeft.computeIfAbsent(subQuery, left::replace);
                } else if (read.stream().allMatch(column -> column >= leftWidth)) {
                    ofRight.computeIfAbsent(subQuery, query -> right.replace(RexUtil.shift(query, -leftWidth)));
                } else {
                    throw subQueries.refused();
                }
                return subQuery;
            }
        });
        int newLeftWidth = Rels.width(left.rows());
        RelNode pair = Rels.join(left.rows(), right.rows(), JoinRelType.INNER, List.of());
        RexNode condition = join.getCondition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                return Rels.field(pair, index < leftWidth ? index : index + newLeftWidth - leftWidth);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexNode value = ofLeft.get(subQuery);
                return value != null
                        ? value
                        : RexUtil.shift(Objects.requireNonNull(ofRight.get(subQuery)), newLeftWidth);
            }
        });
        RelNode joined = Rels.join(left.rows(), right.rows(), join.getJoinType(), List.of(condition));
        List<RexNode> columns = Rels.fields(joined, 0, leftWidth);
        columns.addAll(Rels.fields(joined, newLeftWidth, newLeftWidth + rightWidth));
        return Rels.project(joined, columns);
    }
}
