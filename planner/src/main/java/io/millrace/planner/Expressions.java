package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.ExpressionVisitor;
import io.millrace.plan.Parameter;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rewrites the columns and parameters of expressions. */
final class Expressions implements ExpressionVisitor<Expression> {
    private final Function<ColumnReference, Expression> columns;
    private final Function<Parameter, Expression> parameters;

    Expressions(Function<ColumnReference, Expression> columns, Function<Parameter, Expression> parameters) {
        this.columns = columns;
        this.parameters = parameters;
    }

    /** Each column reference becomes what {@code values} holds at its index. */
    static List<Expression> replace(List<Expression> expressions, List<Expression> values) {
        return expressions.stream()
                .map(expression -> replace(expression, values))
                .toList();
    }

    static Expression replace(Expression expression, List<Expression> values) {
        return expression.accept(new Expressions(column -> values.get(column.index()), parameter -> parameter));
    }

    /** By how many parts {@link #replace} makes an expression larger. */
    static int growth(Expression expression, List<Expression> values) {
        if (expression instanceof ColumnReference column) {
            return size(values.get(column.index())) - 1;
        }
        int growth = 0;
        if (expression instanceof Call call) {
            for (Expression argument : call.arguments()) {
                growth += growth(argument, values);
            }
        }
        return growth;
    }

    /** How many parts an expression has. */
    private static int size(Expression expression) {
        int size = 1;
        if (expression instanceof Call call) {
            for (Expression argument : call.arguments()) {
                size += size(argument);
            }
        }
        return size;
    }

    /** Each column reference gets the index that {@code mapping} holds for it. */
    static Expression remap(Expression expression, int[] mapping) {
        return expression.accept(new Expressions(
                column -> new ColumnReference(mapping[column.index()], column.type()), parameter -> parameter));
    }

    /** The columns an expression reads. */
    static BitSet used(Expression expression) {
        BitSet used = new BitSet();
        collect(expression, used);
        return used;
    }

    static void collect(Expression expression, BitSet used) {
        if (expression instanceof ColumnReference column) {
            used.set(column.index());
        } else if (expression instanceof Call call) {
            call.arguments().forEach(argument -> collect(argument, used));
        }
    }

    /** The operands of nested ANDs. */
    static List<Expression> conjuncts(Expression condition) {
        List<Expression> conjuncts = new ArrayList<>();
        if (condition instanceof Call call && call.function() == ScalarFunction.AND) {
            call.arguments().forEach(argument -> conjuncts.addAll(conjuncts(argument)));
        } else {
            conjuncts.add(condition);
        }
        return conjuncts;
    }

    /** The conditions joined by AND; null when there are none. */
    static @Nullable Expression conjunction(List<Expression> conditions) {
        if (conditions.size() <= 1) {
            return conditions.isEmpty() ? null : conditions.get(0);
        }
        boolean nullable =
                conditions.stream().anyMatch(condition -> condition.type().nullable());
        return new Call(
                ScalarFunction.AND,
                conditions,
                DataType.of(DataType.Kind.BOOLEAN).withNullable(nullable));
    }

    static boolean isTrue(Expression condition) {
        return condition instanceof Constant constant && Boolean.TRUE.equals(constant.value());
    }

    @Override
    public Expression visitColumn(ColumnReference column) {
        return columns.apply(column);
    }

    @Override
    public Expression visitConstant(Constant constant) {
        return constant;
    }

    @Override
    public Expression visitParameter(Parameter parameter) {
        return parameters.apply(parameter);
    }

    @Override
    public Expression visitCall(Call call) {
        List<Expression> arguments = new ArrayList<>(call.arguments().size());
        for (Expression argument : call.arguments()) {
            arguments.add(argument.accept(this));
        }
        return new Call(call.function(), arguments, call.type());
    }
}
