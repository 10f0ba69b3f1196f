package io.millrace.executor.function;

import io.millrace.executor.column.ArrayWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.DataType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a kernel, unpacked to its arrays. A constant is a column of one row: kernels read element
 * {@code row & mask}, and the mask of a constant is 0.
 */
final class Operand {
    private static final long[] NO_LONGS = {};
    private static final double[] NO_DOUBLES = {};
    private static final byte[] NO_BYTES = {};
    private static final int[] NO_OFFSETS = {0};

    final DataType type;
    final boolean constant;
    final int mask;
    final Evaluator evaluator;

    long[] longs = NO_LONGS;
    long[] high = NO_LONGS;
    double[] doubles = NO_DOUBLES;
    byte[] bytes = NO_BYTES;
    int[] offsets = NO_OFFSETS;
    long @Nullable [] nulls;
    private long[] repeatedLongs = NO_LONGS;
    private double[] repeatedDoubles = NO_DOUBLES;

    Operand(Evaluator evaluator) {
        this.evaluator = evaluator;
        type = evaluator.type();
        constant = evaluator instanceof ConstantEvaluator;
        mask = constant ? 0 : -1;
        if (evaluator instanceof ConstantEvaluator single) {
            bind(single.single());
        }
    }

    /** Computes the argument for a batch. */
    void load(Batch batch, @Nullable Selection selection) {
        if (!constant) {
            bind(evaluator.evaluate(batch, selection));
        }
    }

    private void bind(Column column) {
        nulls = column.nulls();
        if (column instanceof LongColumn numbers) {
            longs = numbers.values();
        } else if (column instanceof DoubleColumn numbers) {
            doubles = numbers.values();
        } else if (column instanceof StringColumn strings) {
            bytes = strings.bytes();
            offsets = strings.offsets();
        } else if (column instanceof DecimalColumn decimals) {
            high = decimals.high();
            longs = decimals.low();
        }
    }

    /** The numbers by row, also of a constant: for loops that the compiler should vectorise. */
    long[] longVector(int rows) {
        if (!constant) {
            return longs;
        }
        if (repeatedLongs.length < rows) {
            repeatedLongs = new long[rows];
            Arrays.fill(repeatedLongs, longs[0]);
        }
        return repeatedLongs;
    }

    /** As {@link #longVector}. */
    double[] doubleVector(int rows) {
        if (!constant) {
            return doubles;
        }
        if (repeatedDoubles.length < rows) {
            repeatedDoubles = new double[rows];
            Arrays.fill(repeatedDoubles, doubles[0]);
        }
        return repeatedDoubles;
    }

    boolean isNull(int row) {
        long[] words = nulls;
        int index = row & mask;
        return words != null && (words[index >> 6] & (1L << index)) != 0;
    }

    /** The number; of a wide DECIMAL, the low word. */
    long longAt(int row) {
        return longs[row & mask];
    }

    /** The high word of a DECIMAL of any width. */
    long highAt(int row) {
        return high.length == 0 ? longs[row & mask] >> 63 : high[row & mask];
    }

    double doubleAt(int row) {
        return doubles[row & mask];
    }

    int start(int row) {
        return offsets[row & mask];
    }

    int end(int row) {
        return offsets[(row & mask) + 1];
    }

    int length(int row) {
        int index = row & mask;
        return offsets[index + 1] - offsets[index];
    }

    /** Appends the value to an array. */
    void appendTo(ArrayWriter array, int row) {
        if (isNull(row)) {
            array.appendNull();
            return;
        }
        switch (type.storage()) {
            case LONG -> array.appendLong(longAt(row));
            case DOUBLE -> array.appendDouble(doubleAt(row));
            case DECIMAL128 -> array.appendDecimal(highAt(row), longAt(row));
            case BYTES -> array.appendBytes(bytes, start(row), end(row));
        }
    }

    /** The text, for messages and rare cases: it allocates. */
    String text(int row) {
        return new String(bytes, start(row), length(row), StandardCharsets.UTF_8);
    }
}
