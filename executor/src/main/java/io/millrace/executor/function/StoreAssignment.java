package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.ScalarFunction;
import java.util.Objects;

/** SQL's store assignment: a string that is too long is an error (a CAST would cut it), but for blanks at its end. */
final class StoreAssignment {
    private static final byte[] BLANK = {' '};

    private StoreAssignment() {}

    /** The expression without a cast that could cut a string, and with one if its type is another than the column's. */
    static Expression source(Expression expression, DataType type) {
        boolean text = type.storage() == DataType.Storage.BYTES && !type.isArray();
        if (text && expression instanceof Call call && call.function() == ScalarFunction.CAST) {
            Expression argument = call.arguments().get(0);
            if (sameFamily(argument.type(), type)) {
                return source(argument, type);
            }
        }
        if (expression instanceof Constant constant && convertsItself(constant.type(), type)) {
            return new Constant(constant.value(), type);
        }
        boolean literal = expression instanceof Call call
                && call.function() == ScalarFunction.CAST
                && call.type().withNullable(true).equals(type.withNullable(true))
                && call.arguments().get(0) instanceof Constant constant
                && convertsItself(constant.type(), type);
        if (literal) {
            return source(((Call) expression).arguments().get(0), type);
        }
        DataType from = expression.type();
        boolean same = from.kind() == type.kind()
                && (from.kind() != Kind.DECIMAL
                        || (from.precision() == type.precision() && from.scale() == type.scale()))
                && (from.storage() == type.storage())
                && Objects.equals(from.element(), type.element());
        if (same || ExpressionCompiler.isNull(expression) || (text && sameFamily(from, type))) {
            return expression;
        }
        return Call.of(ScalarFunction.CAST, type, expression);
    }

    /** Whether a column builder of type {@code to} makes of the canonical value what a cast would. */
    private static boolean convertsItself(DataType from, DataType to) {
        return (from.isInteger() && to.isInteger()) || (from.kind() == Kind.DECIMAL && to.kind() == Kind.DECIMAL);
    }

    private static boolean sameFamily(DataType from, DataType to) {
        return to.isCharacter() ? from.isCharacter() : from.kind() == to.kind();
    }

    /** The column as it is stored. */
    static Column check(Column column, Field field) {
        DataType type = field.type();
        if (!type.nullable() && column.hasNulls()) {
            throw new MillraceException(
                    ErrorCode.NULL_NOT_ALLOWED,
                    "null value in column \"" + field.name() + "\" violates not-null constraint");
        }
        boolean hasLength = !type.isArray() && type.precision() != DataType.UNLIMITED;
        if (column instanceof StringColumn strings && hasLength) {
            return fitted(strings, field);
        }
        return column;
    }

    private static Column fitted(StringColumn column, Field field) {
        DataType type = field.type();
        boolean fits = type.kind() != Kind.CHAR;
        for (int row = 0; row < column.size() && fits; row++) {
            fits = length(column, row, type) <= type.precision();
        }
        return fits ? column : rebuilt(column, field);
    }

    /** Drops blanks that do not fit, and fills a CHAR with blanks. */
    private static Column rebuilt(StringColumn column, Field field) {
        DataType type = field.type();
        int limit = type.precision();
        ColumnBuilder builder = ColumnBuilder.of(type);
        TextBuffer buffer = new TextBuffer();
        for (int row = 0; row < column.size(); row++) {
            if (column.isNull(row)) {
                builder.appendNull();
                continue;
            }
            int start = column.start(row);
            int end = column.end(row);
            int length = length(column, row, type);
            if (length > limit) {
                boolean binary = type.kind() == Kind.VARBINARY;
                int cut = binary ? start : Utf8.offset(column.bytes(), start, end, limit);
                if (binary || Utf8.trimmedEnd(column.bytes(), cut, end) > cut) {
                    throw new MillraceException(
                            ErrorCode.STRING_TOO_LONG,
                            "value too long for column \"" + field.name() + "\" of type " + type);
                }
                end = cut;
            }
            buffer.clear();
            buffer.append(column.bytes(), start, end);
            for (int i = length; type.kind() == Kind.CHAR && i < limit; i++) {
                buffer.append(BLANK, 0, 1);
            }
            builder.appendBytes(buffer.bytes, 0, buffer.length);
        }
        return builder.build();
    }

    private static int length(StringColumn column, int row, DataType type) {
        return type.kind() == Kind.VARBINARY
                ? column.length(row)
                : Utf8.length(column.bytes(), column.start(row), column.end(row));
    }
}
