package io.millrace.jdbc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * Reads the answer to a fetch, big-endian; values stay where they are.
 *
 * <pre>
 * u8 version | u8 status
 * status 0   i64 offset | u8 done | i32 rows | u16 columns | column ...
 * column     u8 storage | u8 hasNulls | (rows + 63) / 64 x i64 if it has | payload
 * payload    LONG rows x i64, DOUBLE rows x i64, DECIMAL128 rows x (i64 high, i64 low),
 *            BYTES (rows + 1) x i32 offsets, then the bytes
 * behind the columns, maybe
 * steps      u8 1 | i64 after | i64 current | i64 time | i64 first
 * place      u8 2 | i64 first | UTF token
 * status 1   UTF sqlState | i32 code | i32 length | message
 * </pre>
 */
final class FrameReader {
    private static final int ROWS = 0;
    private static final int ERROR = 1;
    private static final int STEPS = 1;
    private static final int PLACE = 2;

    private final byte[] body;
    private final ByteBuffer in;

    private FrameReader(byte[] body) {
        this.body = body;
        this.in = ByteBuffer.wrap(body);
    }

    static ColumnFrame read(byte[] body) throws SQLException {
        try {
            return new FrameReader(body).frame();
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw SqlErrors.of(SqlErrors.PROTOCOL, "malformed rows from the server", malformed);
        }
    }

    private ColumnFrame frame() throws SQLException {
        int version = in.get();
        if (version != FetchClient.VERSION) {
            throw SqlErrors.of(
                    SqlErrors.PROTOCOL,
                    "the server sends rows in version " + version + "; this driver reads version "
                            + FetchClient.VERSION);
        }
        int status = in.get();
        if (status == ERROR) {
            throw error();
        }
        if (status != ROWS) {
            throw new IllegalArgumentException("status " + status);
        }
        long offset = in.getLong();
        boolean done = in.get() != 0;
        int rows = in.getInt();
        if (rows < 0) {
            throw new IllegalArgumentException("rows " + rows);
        }
        ColumnSlice[] columns = new ColumnSlice[Short.toUnsignedInt(in.getShort())];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(rows);
        }
        StepMark mark = null;
        ResumePlace place = null;
        while (in.hasRemaining()) {
            int part = in.get();
            if (part == STEPS) {
                mark = new StepMark(in.getLong(), in.getLong(), in.getLong(), in.getLong());
            } else if (part == PLACE) {
                place = new ResumePlace(in.getLong(), text());
            } else {
                throw new IllegalArgumentException("part " + part);
            }
        }
        return new ColumnFrame(offset, done, rows, body, columns, null, mark, place);
    }

    private String text() {
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private ColumnSlice column(int rows) {
        int storage = in.get();
        int nulls = ColumnSlice.NO_NULLS;
        if (in.get() != 0) {
            nulls = in.position();
            skip((rows + 63L) / 64 * Long.BYTES);
        }
        int values = in.position();
        switch (storage) {
            case ColumnSlice.LONG:
            case ColumnSlice.DOUBLE:
                skip((long) rows * Long.BYTES);
                break;
            case ColumnSlice.DECIMAL128:
                skip((long) rows * 2 * Long.BYTES);
                break;
            case ColumnSlice.BYTES:
                skip((long) rows * Integer.BYTES);
                int length = in.getInt();
                int bytes = in.position();
                skip(length);
                return new ColumnSlice(storage, nulls, values, bytes);
            default:
                throw new IllegalArgumentException("storage " + storage);
        }
        return new ColumnSlice(storage, nulls, values, values);
    }

    private void skip(long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + (int) bytes);
    }

    private SQLException error() {
        String state = text();
        int code = in.getInt();
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] message = new byte[length];
        in.get(message);
        return SqlErrors.of(state, new String(message, StandardCharsets.UTF_8), code, null);
    }
}
