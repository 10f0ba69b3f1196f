package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Kernels against a model that computes one row at a time, on random columns and selections. */
class DifferentialTest {
    private static final List<ScalarFunction> COMPARISONS = List.of(
            ScalarFunction.EQUALS,
            ScalarFunction.NOT_EQUALS,
            ScalarFunction.LESS,
            ScalarFunction.LESS_OR_EQUAL,
            ScalarFunction.GREATER,
            ScalarFunction.GREATER_OR_EQUAL);
    private static final List<DataType> TYPES = List.of(
            BOOLEAN,
            TINYINT,
            INTEGER,
            BIGINT,
            REAL,
            DOUBLE,
            VARCHAR,
            TIMESTAMP,
            DATE,
            DataType.decimal(10, 2),
            DataType.decimal(30, 4),
            new DataType(Kind.CHAR, 3, 0, true));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void comparisons() {
        for (int round = 0; round < 600; round++) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            ScalarFunction function = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
            check(BOOLEAN, function, type, type, (a, b) -> accepts(function, order(a, b, type)));
        }
    }

    @Test
    void distinctness() {
        for (int round = 0; round < 200; round++) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            Rows rows = new Rows(type, type);
            boolean distinct = random.nextBoolean();
            ScalarFunction function = distinct ? ScalarFunction.IS_DISTINCT_FROM : ScalarFunction.IS_NOT_DISTINCT_FROM;
            List<Object> actual = evaluate(call(function, BOOLEAN, rows.left, rows.right), rows.count, rows.columns());
            for (int row = 0; row < rows.count; row++) {
                Object a = rows.a(row);
                Object b = rows.b(row);
                boolean same = a == null || b == null ? a == b : order(a, b, type) == 0;
                assertThat(actual.get(row)).as("seed %s: %s %s", seed, a, b).isEqualTo(same != distinct);
            }
        }
    }

    @Test
    void membership() {
        for (int round = 0; round < 200; round++) {
            DataType type = TYPES.get(random.nextInt(TYPES.size()));
            Rows rows = new Rows(type, type);
            List<Expression> arguments = new ArrayList<>();
            arguments.add(column(0, type));
            List<Object> members = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                Object member = value(type, random.nextInt(6) == 0);
                members.add(member);
                arguments.add(new Constant(member, type));
            }
            Call in = new Call(ScalarFunction.IN, arguments, BOOLEAN);
            List<Object> actual = evaluate(in, rows.count, rows.columns());
            List<Integer> selected = select(in, rows.count, null, rows.columns());
            for (int row = 0; row < rows.count; row++) {
                Object a = rows.a(row);
                Boolean expected = a == null ? null : (Boolean) false;
                for (Object member : members) {
                    if (a != null && member == null && expected != null && !expected) {
                        expected = null;
                    } else if (a != null && member != null && order(a, member, type) == 0) {
                        expected = true;
                    }
                }
                assertThat(actual.get(row))
                        .as("seed %s: %s in %s", seed, a, members)
                        .isEqualTo(expected);
                assertThat(selected.contains(row)).isEqualTo(Boolean.TRUE.equals(expected));
            }
        }
    }

    @Test
    void integerArithmetic() {
        for (int round = 0; round < 600; round++) {
            DataType type = List.of(TINYINT, SMALLINT, INTEGER, BIGINT).get(random.nextInt(4));
            ScalarFunction function = List.of(
                            ScalarFunction.ADD,
                            ScalarFunction.SUBTRACT,
                            ScalarFunction.MULTIPLY,
                            ScalarFunction.DIVIDE,
                            ScalarFunction.MODULO)
                    .get(random.nextInt(5));
            check(type, function, type, type, (x, y) -> {
                BigInteger a = BigInteger.valueOf((Long) x);
                BigInteger b = BigInteger.valueOf((Long) y);
                BigInteger result = switch (function) {
                    case ADD -> a.add(b);
                    case SUBTRACT -> a.subtract(b);
                    case MULTIPLY -> a.multiply(b);
                    case DIVIDE -> a.divide(b);
                    default -> a.remainder(b);
                };
                long value = result.longValueExact();
                int bits = 64 - LongArithmetic.shift(type);
                if (result.bitLength() >= bits) {
                    throw new ArithmeticException();
                }
                return value;
            });
        }
    }

    @Test
    void decimalArithmetic() {
        for (int round = 0; round < 600; round++) {
            ScalarFunction function = List.of(
                            ScalarFunction.ADD,
                            ScalarFunction.SUBTRACT,
                            ScalarFunction.MULTIPLY,
                            ScalarFunction.DIVIDE,
                            ScalarFunction.MODULO)
                    .get(random.nextInt(5));
            int precision = 1 + random.nextInt(38);
            DataType type = DataType.decimal(precision, random.nextInt(precision + 1));
            boolean free = function == ScalarFunction.MULTIPLY || function == ScalarFunction.DIVIDE;
            DataType left = free ? DataType.decimal(1 + random.nextInt(38), 0) : type;
            DataType right = free ? DataType.decimal(20, random.nextInt(20)) : type;
            check(type, function, left, right, (x, y) -> {
                BigDecimal a = (BigDecimal) x;
                BigDecimal b = (BigDecimal) y;
                BigDecimal result = switch (function) {
                    case ADD -> a.add(b);
                    case SUBTRACT -> a.subtract(b);
                    case MULTIPLY -> a.multiply(b);
                    case DIVIDE -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
                    default -> a.remainder(b);
                };
                result = result.setScale(type.scale(), RoundingMode.HALF_UP);
                if (result.precision() > type.precision() && result.signum() != 0) {
                    throw new ArithmeticException();
                }
                return result;
            });
        }
    }

    @Test
    void doubleArithmetic() {
        for (int round = 0; round < 200; round++) {
            DataType type = random.nextBoolean() ? DOUBLE : REAL;
            ScalarFunction function = List.of(
                            ScalarFunction.ADD,
                            ScalarFunction.SUBTRACT,
                            ScalarFunction.MULTIPLY,
                            ScalarFunction.DIVIDE,
                            ScalarFunction.MODULO)
                    .get(random.nextInt(5));
            check(type, function, type, type, (x, y) -> {
                double a = (Double) x;
                double b = (Double) y;
                double result = switch (function) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    default -> a % b;
                };
                return type.kind() == Kind.REAL ? (double) (float) result : result;
            });
        }
    }

    @Test
    void decimalCasts() {
        for (int round = 0; round < 300; round++) {
            int precision = 1 + random.nextInt(38);
            DataType from = DataType.decimal(precision, random.nextInt(precision + 1));
            int targetPrecision = 1 + random.nextInt(38);
            DataType to = DataType.decimal(targetPrecision, random.nextInt(targetPrecision + 1));
            Object value = value(from, false);
            BigDecimal expected = ((BigDecimal) value).setScale(to.scale(), RoundingMode.HALF_UP);
            if (expected.precision() > to.precision() && expected.signum() != 0) {
                Expressions.checkError(
                        io.millrace.error.ErrorCode.NUMERIC_OUT_OF_RANGE,
                        ScalarFunction.CAST,
                        to,
                        new Constant(value, from));
            } else {
                Expressions.check(expected, ScalarFunction.CAST, to, new Constant(value, from));
            }
        }
    }

    private interface Model {
        Object apply(Object a, Object b);
    }

    /** Random rows of two arguments, each a column or a constant. */
    private final class Rows {
        final int count = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(150);
        final Object[] a = new Object[count];
        final Object[] b = new Object[count];
        final Expression left;
        final Expression right;
        private final DataType leftType;
        private final DataType rightType;

        Rows(DataType leftType, DataType rightType) {
            this.leftType = leftType;
            this.rightType = rightType;
            boolean leftConstant = random.nextInt(4) == 0;
            boolean rightConstant = random.nextInt(3) == 0;
            boolean nulls = random.nextBoolean();
            Object constantA = value(leftType, false);
            Object constantB = value(rightType, false);
            for (int row = 0; row < count; row++) {
                a[row] = leftConstant ? constantA : value(leftType, nulls && random.nextInt(5) == 0);
                b[row] = rightConstant ? constantB : value(rightType, nulls && random.nextInt(5) == 0);
            }
            left = leftConstant ? new Constant(constantA, leftType) : column(0, leftType);
            right = rightConstant ? new Constant(constantB, rightType) : column(1, rightType);
        }

        Object a(int row) {
            return a[row];
        }

        Object b(int row) {
            return b[row];
        }

        Column[] columns() {
            return new Column[] {columnOf(leftType, a), columnOf(rightType, b)};
        }
    }

    private void check(DataType type, ScalarFunction function, DataType leftType, DataType rightType, Model model) {
        Rows rows = new Rows(leftType, rightType);
        Call call = call(function, type, rows.left, rows.right);
        Object[] expected = new Object[rows.count];
        boolean[] fails = new boolean[rows.count];
        List<Integer> valid = new ArrayList<>();
        for (int row = 0; row < rows.count; row++) {
            try {
                expected[row] =
                        rows.a(row) == null || rows.b(row) == null ? null : model.apply(rows.a(row), rows.b(row));
                if (random.nextInt(3) > 0) {
                    valid.add(row);
                }
            } catch (ArithmeticException overflow) {
                fails[row] = true;
            }
        }
        String description = "seed " + seed + " " + call;
        ColumnBatch batch = new ColumnBatch(rows.count, List.of(rows.columns()));
        Selection selection = selection(valid.stream().mapToInt(row -> row).toArray());
        Evaluator evaluator = compiler().compile(call);
        Column result = evaluator.evaluate(batch, selection);
        for (int row : valid) {
            assertThat(ColumnValues.value(result, row, type))
                    .as("%s: %s %s", description, rows.a(row), rows.b(row))
                    .isEqualTo(expected[row]);
        }
        boolean anyFails = false;
        for (boolean fail : fails) {
            anyFails |= fail;
        }
        try {
            Column all = evaluator.evaluate(batch, null);
            assertThat(anyFails).as(description).isFalse();
            for (int row = 0; row < rows.count; row++) {
                assertThat(ColumnValues.value(all, row, type)).as(description).isEqualTo(expected[row]);
            }
        } catch (MillraceException error) {
            assertThat(anyFails).as(description + error).isTrue();
        }
        if (type.kind() == Kind.BOOLEAN) {
            List<Integer> hits = select(call, rows.count, selection, rows.columns());
            assertThat(hits)
                    .as(description)
                    .isEqualTo(valid.stream()
                            .filter(row -> Boolean.TRUE.equals(expected[row]))
                            .toList());
        }
    }

    private Object value(DataType type, boolean isNull) {
        if (isNull) {
            return null;
        }
        switch (type.kind()) {
            case BOOLEAN:
                return random.nextBoolean();
            case TINYINT:
                return (long) (byte) random.nextInt();
            case SMALLINT:
                return random.nextInt(3) == 0 ? (long) (short) random.nextInt() : random.nextInt(20) - 10L;
            case INTEGER, DATE:
                return random.nextInt(4) == 0 ? (long) random.nextInt() : random.nextInt(20) - 10L;
            case REAL:
                return (double) (float) doubleValue();
            case DOUBLE:
                return doubleValue();
            case DECIMAL:
                int digits = random.nextInt(type.precision()) + 1;
                BigInteger unscaled = new BigInteger(127, random).mod(BigInteger.TEN.pow(digits));
                return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
            case CHAR:
                return List.of("a  ", "ab ", "b  ", "   ").get(random.nextInt(4));
            case VARCHAR:
                return List.of("", "a", "ab", "b", "日本", "ä", "a ", "abcdefghijklmnop", "😀")
                        .get(random.nextInt(9));
            default:
                return switch (random.nextInt(6)) {
                    case 0 -> Long.MIN_VALUE;
                    case 1 -> Long.MAX_VALUE;
                    case 2 -> random.nextLong();
                    default -> random.nextInt(20) - 10L;
                };
        }
    }

    private double doubleValue() {
        double[] special = {
            0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1, -1, Double.MAX_VALUE, 0.5
        };
        return random.nextInt(3) == 0 ? random.nextGaussian() : special[random.nextInt(special.length)];
    }

    private static boolean accepts(ScalarFunction function, int order) {
        return switch (function) {
            case EQUALS -> order == 0;
            case NOT_EQUALS -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }

    private static int order(Object a, Object b, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.compare((Boolean) a, (Boolean) b);
            case REAL, DOUBLE -> {
                double x = (Double) a;
                double y = (Double) b;
                yield x == y ? 0 : Double.compare(x, y);
            }
            case DECIMAL -> ((BigDecimal) a).compareTo((BigDecimal) b);
            case CHAR -> bytes(((String) a).stripTrailing(), ((String) b).stripTrailing());
            case VARCHAR -> bytes((String) a, (String) b);
            default -> Long.compare((Long) a, (Long) b);
        };
    }

    private static int bytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
