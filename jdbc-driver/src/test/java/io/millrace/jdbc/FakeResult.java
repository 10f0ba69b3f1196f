package io.millrace.jdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows that a test pushes, as the driver fetches them. */
final class FakeResult {
    final List<FakeColumn> columns;
    private final List<Object[]> rows = new ArrayList<>();
    private boolean done;
    private SQLException failure;

    FakeResult(List<FakeColumn> columns) {
        this.columns = columns;
    }

    synchronized void push(Object... row) {
        rows.add(row);
        notifyAll();
    }

    synchronized void finish() {
        done = true;
        notifyAll();
    }

    synchronized void fail(String state, String message) {
        failure = new SQLException(message, state);
        notifyAll();
    }

    synchronized boolean isCancelled() {
        return failure != null && "57014".equals(failure.getSQLState());
    }

    synchronized byte[] fetch(long offset, int maxRows, int waitMillis) throws InterruptedException {
        long deadline = System.nanoTime() + waitMillis * 1_000_000L;
        while (failure == null && !done && rows.size() <= offset) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (failure != null && rows.size() <= offset) {
            return error(failure);
        }
        int count = (int) Math.min(maxRows, rows.size() - offset);
        List<Object[]> sent = rows.subList((int) offset, (int) offset + count);
        return frame(columns, offset, done && offset + count == rows.size(), sent);
    }

    static byte[] error(SQLException failure) {
        return bytes(out -> {
            out.writeByte(1);
            out.writeByte(1);
            out.writeUTF(failure.getSQLState());
            out.writeInt(7);
            byte[] message = failure.getMessage().getBytes(StandardCharsets.UTF_8);
            out.writeInt(message.length);
            out.write(message);
        });
    }

    static byte[] frame(List<FakeColumn> columns, long offset, boolean done, List<Object[]> rows) {
        return bytes(out -> {
            out.writeByte(1);
            out.writeByte(0);
            out.writeLong(offset);
            out.writeByte(done ? 1 : 0);
            out.writeInt(rows.size());
            out.writeShort(columns.size());
            for (int c = 0; c < columns.size(); c++) {
                column(out, columns.get(c), c, rows);
            }
        });
    }

    private static void column(DataOutputStream out, FakeColumn column, int c, List<Object[]> rows) throws IOException {
        out.writeByte(column.storage());
        long[] nulls = new long[(rows.size() + 63) / 64];
        boolean hasNulls = false;
        for (int r = 0; r < rows.size(); r++) {
            if (rows.get(r)[c] == null) {
                nulls[r / 64] |= 1L << (r % 64);
                hasNulls = true;
            }
        }
        out.writeByte(hasNulls ? 1 : 0);
        if (hasNulls) {
            for (long word : nulls) {
                out.writeLong(word);
            }
        }
        if (column.storage() == ColumnSlice.BYTES) {
            texts(out, c, rows);
            return;
        }
        for (Object[] row : rows) {
            Object value = row[c];
            switch (column.storage()) {
                case ColumnSlice.DOUBLE:
                    out.writeLong(Double.doubleToRawLongBits(value == null ? 0 : ((Number) value).doubleValue()));
                    break;
                case ColumnSlice.DECIMAL128:
                    BigInteger unscaled = value == null ? BigInteger.ZERO : ((BigDecimal) value).unscaledValue();
                    out.writeLong(unscaled.shiftRight(64).longValue());
                    out.writeLong(unscaled.longValue());
                    break;
                default:
                    out.writeLong(number(value));
            }
        }
    }

    private static long number(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.unscaledValue().longValueExact();
        }
        return value == null ? 0 : ((Number) value).longValue();
    }

    private static void texts(DataOutputStream out, int c, List<Object[]> rows) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        out.writeInt(0);
        for (Object[] row : rows) {
            if (row[c] != null) {
                all.write(row[c] instanceof byte[] b ? b : row[c].toString().getBytes(StandardCharsets.UTF_8));
            }
            out.writeInt(all.size());
        }
        all.writeTo(out);
    }

    interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
