package io.millrace.executor.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds and checks expressions in tests. */
final class Expressions {
    static final DataType BOOLEAN = DataType.of(Kind.BOOLEAN);
    static final DataType TINYINT = DataType.of(Kind.TINYINT);
    static final DataType SMALLINT = DataType.of(Kind.SMALLINT);
    static final DataType INTEGER = DataType.of(Kind.INTEGER);
    static final DataType BIGINT = DataType.of(Kind.BIGINT);
    static final DataType REAL = DataType.of(Kind.REAL);
    static final DataType DOUBLE = DataType.of(Kind.DOUBLE);
    static final DataType VARCHAR = DataType.varchar();
    static final DataType VARBINARY = new DataType(Kind.VARBINARY, DataType.UNLIMITED, 0, true);
    static final DataType DATE = DataType.of(Kind.DATE);
    static final DataType TIME = new DataType(Kind.TIME, 6, 0, true);
    static final DataType TIMESTAMP = DataType.timestamp(6);
    static final DataType MONTHS = DataType.of(Kind.INTERVAL_YEAR_MONTH);
    static final DataType MICROS = DataType.of(Kind.INTERVAL_DAY_TIME);
    static final long NOW = 1_700_000_000_123_456L;

    private Expressions() {}

    static ExpressionCompiler compiler() {
        return new ExpressionCompiler(() -> NOW);
    }

    static Constant constant(DataType type, Object value) {
        return new Constant(value, type);
    }

    static Constant text(String value) {
        return constant(VARCHAR, value);
    }

    static Constant number(long value) {
        return constant(BIGINT, value);
    }

    static Constant number(double value) {
        return constant(DOUBLE, value);
    }

    static ColumnReference column(int index, DataType type) {
        return new ColumnReference(index, type);
    }

    static Call call(ScalarFunction function, DataType type, Expression... arguments) {
        return Call.of(function, type, arguments);
    }

    static Column columnOf(DataType type, Object... values) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (Object value : values) {
            builder.appendValue(value);
        }
        return builder.build();
    }

    static Selection selection(int... rows) {
        Selection selection = new Selection(Math.max(1, rows.length));
        System.arraycopy(rows, 0, selection.rows(), 0, rows.length);
        selection.count(rows.length);
        return selection;
    }

    static List<Object> values(Column column, DataType type) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < column.size(); row++) {
            values.add(ColumnValues.value(column, row, type));
        }
        return values;
    }

    static List<Object> evaluate(Expression expression, int rows, Column... columns) {
        Evaluator evaluator = compiler().compile(expression);
        return values(evaluator.evaluate(new ColumnBatch(rows, List.of(columns)), null), evaluator.type());
    }

    static List<Integer> select(Expression condition, int rows, Selection in, Column... columns) {
        Selection out = new Selection(Math.max(1, rows));
        compiler().compilePredicate(condition).select(new ColumnBatch(rows, List.of(columns)), in, out);
        return Arrays.stream(out.rows(), 0, out.count()).boxed().toList();
    }

    /** Checks a call with its arguments as constants, as columns, and with only the first as a column. */
    static void check(Object expected, ScalarFunction function, DataType type, Constant... arguments) {
        for (int form = 0; form < 3; form++) {
            Form made = new Form(function, type, form, arguments);
            List<Object> values = evaluate(made.call, 3, made.columns);
            for (int row = 0; row < 3; row++) {
                assertThat(values.get(row))
                        .as("%s %s form %s", function, List.of(arguments), form)
                        .isEqualTo(expected);
            }
            Evaluator evaluator = compiler().compile(made.call);
            Column sparse = evaluator.evaluate(new ColumnBatch(3, List.of(made.columns)), selection(1));
            assertThat(ColumnValues.value(sparse, 1, type)).isEqualTo(expected);
        }
    }

    /** Checks that selected rows raise the error, and that others do not. */
    static void checkError(ErrorCode code, ScalarFunction function, DataType type, Constant... arguments) {
        for (int form = 0; form < 3; form++) {
            Form made = new Form(function, type, form, arguments);
            Evaluator evaluator = compiler().compile(made.call);
            ColumnBatch batch = new ColumnBatch(3, List.of(made.columns));
            assertThatThrownBy(() -> evaluator.evaluate(batch, selection(1)))
                    .as("%s %s form %s", function, List.of(arguments), form)
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            error -> assertThat(error.code()).isEqualTo(code));
            assertThatThrownBy(() -> evaluator.evaluate(batch, null)).isInstanceOf(MillraceException.class);
            evaluator.evaluate(batch, selection());
        }
    }

    /** A call with some arguments moved to columns of three equal rows. */
    private static final class Form {
        final Call call;
        final Column[] columns;

        Form(ScalarFunction function, DataType type, int form, Constant... arguments) {
            List<Expression> expressions = new ArrayList<>();
            List<Column> made = new ArrayList<>();
            boolean unit = function == ScalarFunction.EXTRACT
                    || function == ScalarFunction.FLOOR_TO
                    || function == ScalarFunction.CEIL_TO;
            for (int i = 0; i < arguments.length; i++) {
                Constant argument = arguments[i];
                boolean fixed = (unit && argument.type().isCharacter())
                        || argument.type().kind() == Kind.NULL
                        || form == 0
                        || (form == 2 && i > 0);
                if (fixed) {
                    expressions.add(argument);
                } else {
                    Object value = argument.value();
                    expressions.add(column(made.size(), argument.type()));
                    made.add(columnOf(argument.type(), value, value, value));
                }
            }
            call = new Call(function, expressions, type);
            columns = made.toArray(Column[]::new);
        }
    }
}
