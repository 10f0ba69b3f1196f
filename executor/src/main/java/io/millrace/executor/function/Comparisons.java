package io.millrace.executor.function;

import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

/** Chooses the kernel of a comparison. */
final class Comparisons {
    private static final DataType BOOLEAN = DataType.of(DataType.Kind.BOOLEAN);

    private Comparisons() {}

    static Evaluator comparison(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        return condition(ComparisonOperator.of(call.function()), operands[0], operands[1]);
    }

    private static boolean isExact(DataType type) {
        return type.isInteger() || type.kind() == DataType.Kind.DECIMAL;
    }

    static Condition condition(ComparisonOperator operator, Operand left, Operand right) {
        if (left.constant && !right.constant) {
            return condition(operator.mirrored(), right, left);
        }
        if (left.type.isApproximate() != right.type.isApproximate()) {
            return condition(operator, Arithmetic.asDouble(left), Arithmetic.asDouble(right));
        }
        if (isExact(left.type) && isExact(right.type) && left.type.scale() != right.type.scale()) {
            int scale = Math.max(left.type.scale(), right.type.scale());
            DataType common = DataType.decimal(DataType.MAX_DECIMAL_PRECISION, scale);
            return new DecimalComparison(
                    operator, new Operand(Casts.cast(left, common)), new Operand(Casts.cast(right, common)));
        }
        return switch (left.type.storage()) {
            case DOUBLE -> DoubleComparison.of(operator, left, right);
            case BYTES ->
                new TextComparison(
                        operator,
                        left,
                        right,
                        left.type.kind() == DataType.Kind.CHAR || right.type.kind() == DataType.Kind.CHAR);
            case DECIMAL128 -> new DecimalComparison(operator, left, right);
            case LONG -> {
                if (right.type.storage() == DataType.Storage.DECIMAL128) {
                    yield new DecimalComparison(operator, left, right);
                }
                yield right.constant && !left.constant
                        ? LongRange.of(operator, left, right.longAt(0))
                        : LongComparison.of(operator, left, right);
            }
        };
    }

    static Evaluator distinctness(Call call, ExpressionCompiler compiler) {
        boolean distinct = call.function() == ScalarFunction.IS_DISTINCT_FROM;
        Expression left = call.arguments().get(0);
        Expression right = call.arguments().get(1);
        if (ExpressionCompiler.isNull(left) || ExpressionCompiler.isNull(right)) {
            Expression other = ExpressionCompiler.isNull(left) ? right : left;
            return new NullTest(compiler.build(other), !distinct);
        }
        Operand[] operands = compiler.operands(call);
        return new Distinctness(condition(ComparisonOperator.EQUALS, operands[0], operands[1]), distinct);
    }

    static Evaluator in(Call call, ExpressionCompiler compiler) {
        Expression value = call.arguments().get(0);
        List<Expression> all = call.arguments().subList(1, call.arguments().size());
        if (ExpressionCompiler.isNull(value)) {
            return new ConstantEvaluator(new Constant(null, BOOLEAN));
        }
        List<Expression> candidates = new ArrayList<>(all);
        candidates.removeIf(ExpressionCompiler::isNull);
        boolean hashable = candidates.stream().allMatch(Constant.class::isInstance)
                && value.type().storage() != DataType.Storage.DECIMAL128
                && candidates.stream()
                        .allMatch(each -> each.type().storage() == value.type().storage()
                                && each.type().scale() == value.type().scale());
        if (!hashable || candidates.isEmpty()) {
            return anyEqual(value, all, compiler);
        }
        Operand operand = compiler.operand(value);
        List<Operand> constants = candidates.stream().map(compiler::operand).toList();
        Condition member = switch (value.type().storage()) {
            case BYTES -> TextSet.of(operand, constants);
            case DOUBLE -> LongSet.ofDoubles(operand, constants);
            default -> LongSet.ofLongs(operand, constants);
        };
        return candidates.size() == all.size() ? member : new NullIfFalse(member);
    }

    private static Evaluator anyEqual(Expression value, List<Expression> candidates, ExpressionCompiler compiler) {
        List<Evaluator> equalities = new ArrayList<>();
        for (Expression candidate : candidates) {
            equalities.add(
                    ExpressionCompiler.isNull(candidate)
                            ? new ConstantEvaluator(new Constant(null, BOOLEAN))
                            : condition(
                                    ComparisonOperator.EQUALS, compiler.operand(value), compiler.operand(candidate)));
        }
        return new JunctionEvaluator(equalities, true);
    }
}
