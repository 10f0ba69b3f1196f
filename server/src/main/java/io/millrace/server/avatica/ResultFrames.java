package io.millrace.server.avatica;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResumePlace;
import io.millrace.executor.view.StepMark;
import io.millrace.plan.DataType.Storage;
import io.millrace.plan.OutputColumn;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes frames in the columnar form that our driver reads. Numbers are big-endian.
 *
 * <pre>
 * rows    | u8 version | u8 0 | i64 offset | u8 done | i32 rows | u16 columns | column …
 * column  | u8 storage | u8 has nulls | i64 null bits × ⌈rows / 64⌉, if it has | payload
 * payload   LONG        i64 × rows
 *           DOUBLE      i64 × rows, the raw bits
 *           BYTES       i32 offsets × (rows + 1), from 0, then the bytes
 *           DECIMAL128  (i64 high, i64 low) × rows
 * steps   | u8 1 | i64 after | i64 current | i64 time | i64 first, behind the columns of rows that are those of steps; see StepMark
 * place   | u8 2 | i64 first | UTF token, behind the columns of rows that can be computed again from there; see ResumePlace
 * error   | u8 version | u8 1 | UTF SQLSTATE | i32 vendor code | i32 length | UTF-8 message
 * </pre>
 */
final class ResultFrames {
    static final int VERSION = 1;

    private static final int ROWS = 0;
    private static final int ERROR = 1;
    private static final int HEADER_BYTES = 17;
    private static final int STEPS = 1;
    private static final int PLACE = 2;

    private ResultFrames() {}

    static ByteBuf encode(ResultFrame frame, List<OutputColumn> columns, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(HEADER_BYTES + 2 * columns.size() + 9 * columns.size() * frame.rowCount());
        out.writeByte(VERSION);
        out.writeByte(ROWS);
        out.writeLong(frame.offset());
        out.writeBoolean(frame.done());
        out.writeInt(frame.rowCount());
        out.writeShort(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            writeColumn(out, frame, i, columns.get(i).type().storage());
        }
        StepMark mark = frame.mark();
        if (mark != null) {
            out.writeByte(STEPS);
            out.writeLong(mark.after());
            out.writeLong(mark.current());
            out.writeLong(mark.time());
            out.writeLong(mark.first());
        }
        ResumePlace place = frame.place();
        if (place != null) {
            out.writeByte(PLACE);
            out.writeLong(place.first());
            byte[] token = place.token().getBytes(StandardCharsets.UTF_8);
            out.writeShort(token.length);
            out.writeBytes(token);
        }
        return out;
    }

    static ByteBuf encode(Failure failure, ByteBufAllocator allocator) {
        byte[] message = failure.message().getBytes(StandardCharsets.UTF_8);
        ByteBuf out = allocator.buffer(24 + message.length);
        out.writeByte(VERSION);
        out.writeByte(ERROR);
        // a SQLSTATE is ASCII, for which this is what DataOutput.writeUTF writes
        out.writeShort(failure.sqlState().length());
        ByteBufUtil.writeAscii(out, failure.sqlState());
        out.writeInt(failure.vendorCode());
        out.writeInt(message.length);
        return out.writeBytes(message);
    }

    private static void writeColumn(ByteBuf out, ResultFrame frame, int index, Storage storage) {
        out.writeByte(tag(storage));
        writeNulls(out, frame, index);
        if (storage == Storage.BYTES) {
            writeOffsets(out, frame, index);
        }
        for (ResultBatch batch : frame.batches()) {
            writeValues(out, batch.columns().get(index), batch.rowCount());
        }
    }

    private static int tag(Storage storage) {
        switch (storage) {
            case LONG:
                return 0;
            case DOUBLE:
                return 1;
            case BYTES:
                return 2;
            default:
                return 3;
        }
    }

    private static void writeNulls(ByteBuf out, ResultFrame frame, int index) {
        boolean hasNulls = false;
        for (ResultBatch batch : frame.batches()) {
            hasNulls |= batch.columns().get(index).hasNulls();
        }
        out.writeBoolean(hasNulls);
        if (!hasNulls) {
            return;
        }
        long[] words = new long[(frame.rowCount() + 63) >> 6];
        int start = 0;
        for (ResultBatch batch : frame.batches()) {
            long[] nulls = batch.columns().get(index).nulls();
            if (nulls != null) {
                append(words, start, nulls, batch.rowCount());
            }
            start += batch.rowCount();
        }
        for (long word : words) {
            out.writeLong(word);
        }
    }

    private static void append(long[] target, int start, long[] nulls, int rowCount) {
        int shift = start & 63;
        int word = start >> 6;
        for (int i = 0; i << 6 < rowCount; i++, word++) {
            int rest = rowCount - (i << 6);
            long bits = rest < 64 ? nulls[i] & (1L << rest) - 1 : nulls[i];
            target[word] |= bits << shift;
            if (shift != 0 && bits >>> 64 - shift != 0) {
                target[word + 1] |= bits >>> 64 - shift;
            }
        }
    }

    private static void writeOffsets(ByteBuf out, ResultFrame frame, int index) {
        int base = 0;
        out.writeInt(0);
        for (ResultBatch batch : frame.batches()) {
            int[] offsets = ((StringColumn) batch.columns().get(index)).offsets();
            int shift = base - offsets[0];
            out.ensureWritable(4 * batch.rowCount());
            for (int row = 1; row <= batch.rowCount(); row++) {
                out.writeInt(offsets[row] + shift);
            }
            base = offsets[batch.rowCount()] + shift;
        }
    }

    private static void writeValues(ByteBuf out, Column column, int rowCount) {
        if (column instanceof StringColumn strings) {
            int start = strings.offsets()[0];
            out.writeBytes(strings.bytes(), start, strings.offsets()[rowCount] - start);
            return;
        }
        if (column instanceof DecimalColumn decimals) {
            out.ensureWritable(16 * rowCount);
            for (int row = 0; row < rowCount; row++) {
                out.writeLong(decimals.high()[row]);
                out.writeLong(decimals.low()[row]);
            }
            return;
        }
        int length = 8 * rowCount;
        out.ensureWritable(length);
        if (column instanceof LongColumn longs) {
            out.internalNioBuffer(out.writerIndex(), length).asLongBuffer().put(longs.values(), 0, rowCount);
        }
        if (column instanceof DoubleColumn doubles) {
            out.internalNioBuffer(out.writerIndex(), length).asDoubleBuffer().put(doubles.values(), 0, rowCount);
        }
        out.writerIndex(out.writerIndex() + length);
    }
}
