package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;

/** Staged integers, written as one value, or as distances from the lowest. */
final class StagedLongs extends StagedColumn {
    private final long[] values = new long[Column.MAX_ROWS];
    private final LongColumn column = new LongColumn(values, null, 0);

    @Override
    Column column() {
        column.reset(values, hasNulls ? nulls : null, size);
        return column;
    }

    /** The lowest value that is not null; {@code Long.MAX_VALUE} when there is none. */
    long lowest() {
        long lowest = Long.MAX_VALUE;
        for (int row = 0; row < size; row++) {
            if (!isNull(row)) {
                lowest = Math.min(lowest, values[row]);
            }
        }
        return lowest;
    }

    /** The highest value that is not null; {@code Long.MIN_VALUE} when there is none. */
    long highest() {
        long highest = Long.MIN_VALUE;
        for (int row = 0; row < size; row++) {
            if (!isNull(row)) {
                highest = Math.max(highest, values[row]);
            }
        }
        return highest;
    }

    @Override
    void copy(Column source, int from, int to) {
        System.arraycopy(((LongColumn) source).values(), from, values, size, to - from);
    }

    @Override
    int valueBytes() {
        return 8 + size * 8;
    }

    @Override
    int writeValues(byte[] block, int at, int directory) {
        if (hasNulls) {
            levelNulls();
        }
        long min = size == 0 ? 0 : values[0];
        long max = min;
        for (int row = 1; row < size; row++) {
            min = Math.min(min, values[row]);
            max = Math.max(max, values[row]);
        }
        if (min == max) {
            encoding(block, directory, BlockCodec.CONSTANT_LONG, 0);
            BlockCodec.writeLong(block, at, min);
            return at + 8;
        }
        int width = width(max - min);
        long base = width == 8 ? 0 : min;
        encoding(block, directory, BlockCodec.FRAME, width);
        BlockCodec.writeLong(block, at, base);
        writeFrame(block, at + 8, base, width);
        return at + 8 + size * width;
    }

    /** Null rows take a value of their neighbours, so that what they happen to hold does not widen the frame. */
    private void levelNulls() {
        long value = 0;
        for (int row = 0; row < size; row++) {
            if (!isNull(row)) {
                value = values[row];
                break;
            }
        }
        for (int row = 0; row < size; row++) {
            if (isNull(row)) {
                values[row] = value;
            }
        }
    }

    private static int width(long range) {
        if (range >>> 8 == 0) {
            return 1;
        }
        if (range >>> 16 == 0) {
            return 2;
        }
        return range >>> 32 == 0 ? 4 : 8;
    }

    private void writeFrame(byte[] block, int at, long base, int width) {
        switch (width) {
            case 1:
                for (int row = 0; row < size; row++) {
                    block[at + row] = (byte) (values[row] - base);
                }
                break;
            case 2:
                for (int row = 0; row < size; row++) {
                    BlockCodec.SHORT.set(block, at + row * 2, (short) (values[row] - base));
                }
                break;
            case 4:
                for (int row = 0; row < size; row++) {
                    BlockCodec.INT.set(block, at + row * 4, (int) (values[row] - base));
                }
                break;
            default:
                for (int row = 0; row < size; row++) {
                    BlockCodec.LONG.set(block, at + row * 8, values[row]);
                }
        }
    }
}
