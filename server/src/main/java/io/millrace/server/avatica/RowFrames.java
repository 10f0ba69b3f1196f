package io.millrace.server.avatica;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.view.ResultBatch;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * Turns columns into the rows of objects that Avatica's own protocol carries: times to the millisecond, as its
 * accessors expect them.
 */
final class RowFrames {
    private static final long MICROS_PER_MILLI = 1_000;

    /** Reads as infinity wherever JSON numbers become doubles; JSON has no other way to say it. */
    private static final BigDecimal JSON_INFINITY = new BigDecimal("1E+400");

    private RowFrames() {}

    /** @param json NaN is then NULL, for JSON has none */
    static Meta.Frame of(ResultFrame frame, List<OutputColumn> columns, boolean json) {
        List<Object> rows = new ArrayList<>(frame.rowCount());
        for (ResultBatch batch : frame.batches()) {
            addRows(rows, batch, columns, json);
        }
        return new Meta.Frame(frame.offset(), frame.done(), rows);
    }

    private static void addRows(List<Object> rows, ResultBatch batch, List<OutputColumn> columns, boolean json) {
        for (int row = 0; row < batch.rowCount(); row++) {
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(batch.columns().get(i), row, columns.get(i).type(), json);
            }
            rows.add(Arrays.asList(values));
        }
    }

    private static @Nullable Object value(Column column, int row, DataType type, boolean json) {
        if (column.isNull(row)) {
            return null;
        }
        if (column instanceof LongColumn longs) {
            return value(longs.get(row), type);
        }
        if (column instanceof DoubleColumn doubles) {
            return value(doubles.get(row), type, json);
        }
        if (column instanceof StringColumn arrays && type.isArray()) {
            return elements(ColumnValues.elements(arrays, row, type.elementType()), type.elementType(), json);
        }
        if (column instanceof StringColumn strings) {
            return type.kind() == DataType.Kind.VARBINARY
                    ? Arrays.copyOfRange(strings.bytes(), strings.start(row), strings.end(row))
                    : strings.string(row);
        }
        DecimalColumn decimals = (DecimalColumn) column;
        return new BigDecimal(unscaled(decimals.high()[row], decimals.low()[row]), type.scale());
    }

    private static List<@Nullable Object> elements(Column elements, DataType type, boolean json) {
        List<@Nullable Object> values = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            values.add(value(elements, i, type, json));
        }
        return values;
    }

    private static Object value(long value, DataType type) {
        switch (type.kind()) {
            case BOOLEAN:
                return value != 0;
            case TINYINT:
                return (byte) value;
            case SMALLINT:
                return (short) value;
            case INTEGER:
            case DATE:
            case INTERVAL_YEAR_MONTH:
                return (int) value;
            case DECIMAL:
                return BigDecimal.valueOf(value, type.scale());
            case TIME:
                return (int) Math.floorDiv(value, MICROS_PER_MILLI);
            case TIMESTAMP_LTZ:
                return Instant.EPOCH.plus(value, ChronoUnit.MICROS).toString();
            case TIMESTAMP:
            case INTERVAL_DAY_TIME:
                return Math.floorDiv(value, MICROS_PER_MILLI);
            default:
                return value;
        }
    }

    private static @Nullable Object value(double value, DataType type, boolean json) {
        if (json && !Double.isFinite(value)) {
            if (Double.isNaN(value)) {
                return null;
            }
            return value > 0 ? JSON_INFINITY : JSON_INFINITY.negate();
        }
        if (type.kind() == DataType.Kind.REAL) {
            return (float) value;
        }
        return value;
    }

    private static BigInteger unscaled(long high, long low) {
        BigInteger lowest = BigInteger.valueOf(low);
        BigInteger unsigned = low < 0 ? lowest.add(BigInteger.ONE.shiftLeft(64)) : lowest;
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned);
    }
}
