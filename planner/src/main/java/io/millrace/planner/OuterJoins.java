package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinKind;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Conditions at joins that are not inner ones. Of those above a join, the ones on the preserved side go below it; one that
 * no padded row can fulfil makes the padding needless. Of the join's own, the ones on the other side alone go below it.
 */
final class OuterJoins {
    private OuterJoins() {}

    static PlanNode push(Join node, List<Expression> conditions) {
        int leftSize = node.left().rowType().size();
        JoinKind kind = withoutNeedlessPadding(node, conditions, leftSize);
        List<Expression> own = conditions(node);
        if (kind == JoinKind.INNER) {
            return InnerJoins.order(node.left(), node.right(), own, conditions);
        }
        List<Expression> toLeft = new ArrayList<>();
        List<Expression> toRight = new ArrayList<>();
        List<Expression> stay = new ArrayList<>();
        for (Expression condition : own) {
            BitSet used = Expressions.used(condition);
            boolean isRightOnly = !used.isEmpty() && used.nextSetBit(0) >= leftSize;
            boolean isLeftOnly = !used.isEmpty() && used.length() <= leftSize;
            if (isRightOnly && !kind.keepsRight()) {
                toRight.add(ConditionPushDown.shifted(condition, -leftSize));
            } else if (isLeftOnly && (kind == JoinKind.RIGHT || kind == JoinKind.SEMI)) {
                toLeft.add(condition);
            } else {
                stay.add(condition);
            }
        }
        List<Expression> above = new ArrayList<>();
        for (Expression condition : conditions) {
            BitSet used = Expressions.used(condition);
            if (!used.isEmpty() && used.length() <= leftSize && !kind.keepsRight()) {
                toLeft.add(condition);
            } else if (!used.isEmpty() && used.nextSetBit(0) >= leftSize && kind == JoinKind.RIGHT) {
                toRight.add(ConditionPushDown.shifted(condition, -leftSize));
            } else {
                above.add(condition);
            }
        }
        PlanNode left = ConditionPushDown.push(node.left(), toLeft);
        PlanNode right = ConditionPushDown.push(node.right(), toRight);
        return FilterProjects.filter(Joins.join(left, right, kind, stay), Expressions.conjunction(above));
    }

    private static JoinKind withoutNeedlessPadding(Join node, List<Expression> conditions, int leftSize) {
        JoinKind kind = node.kind();
        if (kind.isFilter() || kind == JoinKind.SINGLE) {
            return kind;
        }
        boolean dropsPaddedLeft = false;
        boolean dropsPaddedRight = false;
        for (Expression condition : conditions) {
            dropsPaddedRight |= NullRejection.isNeverTrue(condition, column -> column < leftSize);
            dropsPaddedLeft |= NullRejection.isNeverTrue(condition, column -> column >= leftSize);
        }
        boolean keepsLeft = kind.keepsLeft() && !dropsPaddedLeft;
        boolean keepsRight = kind.keepsRight() && !dropsPaddedRight;
        if (keepsLeft) {
            return keepsRight ? JoinKind.FULL : JoinKind.LEFT;
        }
        return keepsRight ? JoinKind.RIGHT : JoinKind.INNER;
    }

    /** Keys and residual condition of a join as one list. */
    static List<Expression> conditions(Join node) {
        RowType left = node.left().rowType();
        RowType right = node.right().rowType();
        List<Expression> conditions = new ArrayList<>();
        for (JoinKey key : node.keys()) {
            DataType leftType = left.type(key.left());
            DataType rightType = right.type(key.right());
            boolean nullable = !key.nullsEqual() && (leftType.nullable() || rightType.nullable());
            conditions.add(Call.of(
                    key.nullsEqual() ? ScalarFunction.IS_NOT_DISTINCT_FROM : ScalarFunction.EQUALS,
                    DataType.of(DataType.Kind.BOOLEAN).withNullable(nullable),
                    new ColumnReference(key.left(), leftType),
                    new ColumnReference(left.size() + key.right(), rightType)));
        }
        if (node.residual() != null) {
            conditions.addAll(Expressions.conjuncts(node.residual()));
        }
        return conditions;
    }
}
