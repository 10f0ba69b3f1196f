package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinKind;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Join}: tells the equalities between the two inputs, which become keys, from the other conditions. A key
 * that is not a plain column is computed by its input:
 *
 * <pre>
 *                               FilterProject(columns without k and l)
 * Join(a + 1 = b * 2)     =&gt;      Join(k = l)
 *   left(a)                         FilterProject(a, a + 1 AS k)
 *   right(b)                        FilterProject(b, b * 2 AS l)
 * </pre>
 */
final class Joins {
    private final JoinKind kind;
    private final Side left;
    private final Side right;
    private final int leftSize;
    private final List<JoinKey> keys = new ArrayList<>();
    private final List<Expression> residual = new ArrayList<>();

    private Joins(PlanNode left, PlanNode right, JoinKind kind) {
        this.kind = kind;
        this.left = new Side(left);
        this.right = new Side(right);
        leftSize = left.rowType().size();
    }

    /** @param conditions over the columns of both inputs, all of which must be true */
    static PlanNode join(PlanNode left, PlanNode right, JoinKind kind, List<Expression> conditions) {
        Joins joins = new Joins(left, right, kind);
        conditions.forEach(joins::add);
        return joins.build();
    }

    /** The output of a join of two inputs. */
    static RowType rowType(RowType left, RowType right, JoinKind kind) {
        List<Field> fields = new ArrayList<>();
        add(left, kind.keepsRight(), fields);
        if (!kind.isFilter()) {
            add(right, kind.keepsLeft(), fields);
        }
        return new RowType(fields);
    }

    private static void add(RowType type, boolean nullable, List<Field> out) {
        for (Field field : type.fields()) {
            out.add(nullable ? new Field(field.name(), field.type().withNullable(true)) : field);
        }
    }

    private void add(Expression condition) {
        if (Expressions.isTrue(condition)) {
            return;
        }
        if (condition instanceof Call call
                && (call.function() == ScalarFunction.EQUALS
                        || call.function() == ScalarFunction.IS_NOT_DISTINCT_FROM)) {
            Expression first = call.arguments().get(0);
            Expression second = call.arguments().get(1);
            boolean nullsEqual = call.function() == ScalarFunction.IS_NOT_DISTINCT_FROM;
            if (isOf(first, true) && isOf(second, false) && addKey(first, second, nullsEqual)) {
                return;
            }
            if (isOf(first, false) && isOf(second, true) && addKey(second, first, nullsEqual)) {
                return;
            }
        }
        residual.add(condition);
    }

    /** Whether an expression reads columns, and only those of one side. */
    private boolean isOf(Expression expression, boolean isLeft) {
        BitSet used = Expressions.used(expression);
        return !used.isEmpty() && (isLeft ? used.length() <= leftSize : used.nextSetBit(0) >= leftSize);
    }

    private boolean addKey(Expression ofLeft, Expression ofRight, boolean nullsEqual) {
        Expression first = withoutWidening(ofLeft);
        Expression second = withoutWidening(ofRight);
        if (!laidOutAlike(first.type(), second.type())) {
            first = ofLeft;
            second = ofRight;
        }
        if (!laidOutAlike(first.type(), second.type())) {
            return false;
        }
        keys.add(new JoinKey(
                left.column(first), right.column(ConditionPushDown.shifted(second, -leftSize)), nullsEqual));
        return true;
    }

    /** Integers of all widths lie in memory alike. */
    private static Expression withoutWidening(Expression value) {
        if (value instanceof Call call && call.function() == ScalarFunction.CAST) {
            DataType from = call.arguments().get(0).type();
            if (from.isInteger()
                    && call.type().isInteger()
                    && from.kind().compareTo(call.type().kind()) <= 0) {
                return call.arguments().get(0);
            }
        }
        return value;
    }

    private static boolean laidOutAlike(DataType left, DataType right) {
        if (left.storage() != right.storage()) {
            return false;
        }
        boolean sameKind = left.kind() == right.kind()
                || (left.isInteger() && right.isInteger())
                || (left.isCharacter() && right.isCharacter())
                || (left.isTimestamp() && right.isTimestamp());
        boolean sameElement = !left.isArray() || laidOutAlike(left.elementType(), right.elementType());
        return sameKind && sameElement && left.kind() != Kind.NULL && left.scale() == right.scale();
    }

    private PlanNode build() {
        PlanNode newLeft = left.build();
        PlanNode newRight = right.build();
        int added = newLeft.rowType().size() - leftSize;
        Expression condition = Expressions.conjunction(residual.stream()
                .map(expression -> expression.accept(new Expressions(
                        column -> new ColumnReference(
                                column.index() < leftSize ? column.index() : column.index() + added, column.type()),
                        parameter -> parameter)))
                .toList());
        RowType type = rowType(newLeft.rowType(), newRight.rowType(), kind);
        Join join = new Join(newLeft, newRight, kind, keys, condition, type);
        if (!left.isWidened() && !right.isWidened()) {
            return join;
        }
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            boolean isLeft = i < newLeft.rowType().size();
            int own = isLeft ? i : i - newLeft.rowType().size();
            if (own < (isLeft ? leftSize : right.input.rowType().size())) {
                columns.add(new ColumnReference(i, type.type(i)));
                names.add(type.name(i));
            }
        }
        return FilterProjects.project(join, columns, names);
    }

    /** An input and the keys that it has to compute. */
    private static final class Side {
        private final PlanNode input;
        private final List<Expression> columns;

        Side(PlanNode input) {
            this.input = input;
            columns = FilterProjects.columns(input.rowType());
        }

        /** The column that holds an expression over the input's columns. */
        int column(Expression expression) {
            int column =
                    expression instanceof ColumnReference reference ? reference.index() : columns.indexOf(expression);
            if (column < 0) {
                columns.add(expression);
                return columns.size() - 1;
            }
            return column;
        }

        boolean isWidened() {
            return columns.size() > input.rowType().size();
        }

        PlanNode build() {
            if (!isWidened()) {
                return input;
            }
            List<String> inputNames =
                    input.rowType().fields().stream().map(Field::name).toList();
            List<String> names = new ArrayList<>(inputNames);
            for (Expression key : columns.subList(names.size(), columns.size())) {
                names.add(ExpressionPrinter.print(key, inputNames));
            }
            return FilterProjects.project(input, columns, names);
        }
    }

    static @Nullable JoinKind kind(org.apache.calcite.rel.core.JoinRelType type) {
        switch (type) {
            case INNER:
                return JoinKind.INNER;
            case LEFT:
                return JoinKind.LEFT;
            case RIGHT:
                return JoinKind.RIGHT;
            case FULL:
                return JoinKind.FULL;
            case SEMI:
                return JoinKind.SEMI;
            case ANTI:
                return JoinKind.ANTI;
            default:
                return null;
        }
    }
}
