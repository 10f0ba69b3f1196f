package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** Gathers rows, of one append or of several, and encodes them as a block. Reusable; for one thread. */
final class BlockEncoder {
    private final RowSize rowSize;
    private final int timeColumn;
    private final int schemaId;
    private final StagedColumn[] columns;
    private final List<ProducerEntry> producers = new ArrayList<>();
    private final CRC32C crc = new CRC32C();

    private byte[] block = new byte[64 << 10];
    private int rows;
    private long rowBytes;

    BlockEncoder(List<DataType> types, int timeColumn) {
        this.rowSize = new RowSize(types);
        this.timeColumn = timeColumn;
        this.schemaId = schemaId(types);
        this.columns = types.stream().map(StagedColumn::of).toArray(StagedColumn[]::new);
    }

    /** Tells blocks of other columns apart; whether a column may be null does not matter. */
    static int schemaId(List<DataType> types) {
        StringBuilder text = new StringBuilder();
        types.forEach(type -> text.append(type.kind()).append(type.storage()).append(' '));
        return text.toString().hashCode();
    }

    int rows() {
        return rows;
    }

    int producers() {
        return producers.size();
    }

    byte[] block() {
        return block;
    }

    /** How many of the rows from {@code from} on still find room; at least one when no row has been added. */
    int room(List<Column> source, int from, int rowCount) {
        int most = Math.min(Column.MAX_ROWS - rows, rowCount - from);
        long budget = rowSize.largest() - rowBytes;
        if (rowSize.bytes(source, from, from + most) <= budget) {
            return most;
        }
        int fitting = 0;
        while (fitting < most) {
            budget -= rowSize.bytes(source, from + fitting, from + fitting + 1);
            if (budget < 0) {
                break;
            }
            fitting++;
        }
        return fitting;
    }

    void add(List<Column> source, int from, int to) {
        for (int i = 0; i < columns.length; i++) {
            columns[i].add(source.get(i), from, to);
        }
        rows += to - from;
        rowBytes += rowSize.bytes(source, from, to);
    }

    void add(ProducerEntry producer) {
        producers.add(producer);
    }

    /** The rows that were added. */
    List<Column> columns() {
        return Arrays.stream(columns).map(StagedColumn::column).toList();
    }

    void clear() {
        for (StagedColumn column : columns) {
            column.clear();
        }
        producers.clear();
        rows = 0;
        rowBytes = 0;
    }

    /** Encodes what was added into {@link #block()}; returns its length. */
    int encode(BlockPlace place, boolean continues, long appendTime, long watermarkBefore, long watermarkAfter) {
        int at = BlockCodec.HEADER_BYTES + producers.size() * BlockCodec.PRODUCER_BYTES;
        int directory = at;
        at += columns.length * BlockCodec.DIRECTORY_BYTES;
        ensure(at);
        writeHeader(place, continues, appendTime, watermarkBefore, watermarkAfter);
        for (int i = 0; i < columns.length; i++) {
            ensure(at + columns[i].maximumBytes());
            at = columns[i].write(block, at, directory + i * BlockCodec.DIRECTORY_BYTES);
        }
        ensure(at + 7);
        while (at % 8 != 0) {
            block[at++] = 0; // a whole number of words, so that the queue need not pad
        }
        BlockCodec.seal(block, at, crc);
        return at;
    }

    private void writeHeader(
            BlockPlace place, boolean continues, long appendTime, long watermarkBefore, long watermarkAfter) {
        BlockCodec.writeInt(block, 0, BlockCodec.MAGIC);
        BlockCodec.writeShort(block, 12, BlockCodec.VERSION);
        BlockCodec.writeShort(block, 14, continues ? BlockCodec.CONTINUES : 0);
        BlockCodec.writeLong(block, 16, place.lsn());
        BlockCodec.writeLong(block, 24, place.durableLsn());
        BlockCodec.writeLong(block, 32, place.firstRow());
        BlockCodec.writeInt(block, 40, rows);
        BlockCodec.writeInt(block, 44, schemaId);
        BlockCodec.writeLong(block, 48, appendTime);
        BlockCodec.writeLong(block, 56, minTime(appendTime));
        BlockCodec.writeLong(block, 64, maxTime(appendTime));
        BlockCodec.writeLong(block, 72, watermarkBefore);
        BlockCodec.writeLong(block, 80, watermarkAfter);
        BlockCodec.writeInt(block, 88, producers.size());
        BlockCodec.writeInt(block, 92, columns.length);
        int at = BlockCodec.HEADER_BYTES;
        for (ProducerEntry producer : producers) {
            producer.write(block, at);
            at += BlockCodec.PRODUCER_BYTES;
        }
    }

    private long minTime(long appendTime) {
        if (timeColumn >= 0) {
            return ((StagedLongs) columns[timeColumn]).lowest();
        }
        return rows == 0 ? Long.MAX_VALUE : appendTime;
    }

    private long maxTime(long appendTime) {
        if (timeColumn >= 0) {
            return ((StagedLongs) columns[timeColumn]).highest();
        }
        return rows == 0 ? Long.MIN_VALUE : appendTime;
    }

    private void ensure(int capacity) {
        if (block.length < capacity) {
            block = Arrays.copyOf(block, Math.max(capacity, block.length * 2));
        }
    }
}
