package io.millrace.executor.operator;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.Int128;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.state.IndexSorter;
import io.millrace.executor.state.StringWords;
import io.millrace.plan.SortKey;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** The order of an ORDER BY over rows in columns: NaN is the greatest number, strings compare by their bytes. */
final class RowOrder {
    private final List<SortKey> keys;

    RowOrder(List<SortKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Compares two rows; the functions give the columns that hold them. */
    int compare(IntFunction<Column> left, int leftRow, IntFunction<Column> right, int rightRow) {
        for (SortKey key : keys) {
            int order = compare(key, left.apply(key.column()), leftRow, right.apply(key.column()), rightRow);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** A number in the order of the first key, as far as it goes; rows with equal ones are to be compared. */
    long prefix(IntFunction<Column> columns, int row) {
        if (keys.isEmpty()) {
            return 0;
        }
        SortKey key = keys.get(0);
        Column column = columns.apply(key.column());
        if (column.isNull(row)) {
            return key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        long prefix = prefix(column, row);
        return key.descending() ? ~prefix : prefix;
    }

    private static long prefix(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return longs.get(row);
        }
        if (column instanceof DoubleColumn doubles) {
            return sortable(doubles.get(row));
        }
        if (column instanceof DecimalColumn decimals) {
            return decimals.high()[row];
        }
        StringColumn strings = (StringColumn) column;
        return StringWords.first(strings.bytes(), strings.start(row), strings.length(row)) ^ Long.MIN_VALUE;
    }

    private static int compare(SortKey key, Column left, int leftRow, Column right, int rightRow) {
        boolean isLeftNull = left.isNull(leftRow);
        boolean isRightNull = right.isNull(rightRow);
        if (isLeftNull || isRightNull) {
            int order = Boolean.compare(isLeftNull, isRightNull);
            return key.nullsFirst() ? -order : order;
        }
        int order = compareValues(left, leftRow, right, rightRow);
        return key.descending() ? -order : order;
    }

    private static int compareValues(Column left, int leftRow, Column right, int rightRow) {
        if (left instanceof LongColumn longs) {
            return Long.compare(longs.get(leftRow), ((LongColumn) right).get(rightRow));
        }
        if (left instanceof DoubleColumn doubles) {
            return Long.compare(sortable(doubles.get(leftRow)), sortable(((DoubleColumn) right).get(rightRow)));
        }
        if (left instanceof DecimalColumn decimals) {
            DecimalColumn others = (DecimalColumn) right;
            return Int128.compare(
                    decimals.high()[leftRow], decimals.low()[leftRow], others.high()[rightRow], others.low()[rightRow]);
        }
        StringColumn strings = (StringColumn) left;
        StringColumn others = (StringColumn) right;
        int order = Arrays.compareUnsigned(
                strings.bytes(),
                strings.start(leftRow),
                strings.end(leftRow),
                others.bytes(),
                others.start(rightRow),
                others.end(rightRow));
        return Integer.signum(order);
    }

    private static long sortable(double value) {
        return IndexSorter.sortable(Double.doubleToLongBits(value + 0.0));
    }
}
