package io.millrace.executor.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a block, which is one document of the queue. Little endian; at most {@link #MAX_BYTES}.
 *
 * <pre>
 *   0  magic "MRB1"               4  CRC32C of bytes 8 to the end
 *   8  length in bytes           12  version u16 | 14 flags u16
 *  16  LSN
 *  24  durable LSN: all blocks below it were on disk when this one was written
 *  32  number of the first row
 *  40  rows                      44  schema id
 *  48  append time
 *  56  lowest time               64  highest time
 *  72  watermark before          80  watermark after
 *  88  producer entries          92  columns
 *  96  producer entries, each    { UUID 16 | sequence 8 | first row 8 | rows 4 | epoch 4 }
 *   .  column directory, each    { offset 4 | encoding 1 | width 1 | has nulls 1 | 0 1 }
 *   .  columns, each             [ null bits, 8 bytes per 64 rows ] values
 *
 * encoding           values
 * CONSTANT_LONG      the value 8
 * FRAME              base 8, then per row its distance from the base, in width 1, 2, 4 or 8 bytes
 * CONSTANT_DOUBLE    the value 8
 * PLAIN_DOUBLE       per row 8
 * BYTES              length of the first row 4, then per row its length, in width 0 (all the same), 1, 2 or 4 bytes, then
 *                    the rows one after the other
 * CONSTANT_DECIMAL   high 8, low 8
 * PLAIN_DECIMAL      per row high 8, then per row low 8
 * </pre>
 *
 * A producer entry stands in the block that ends its append. The flag CONTINUES says that the block's last append goes on
 * in the next block: a log never ends with such a block.
 */
final class BlockCodec {
    /** Half of what Chronicle Queue's overlap of 16 MB allows a document. */
    static final int MAX_BYTES = 8 << 20;

    static final int MAGIC = 'M' | 'R' << 8 | 'B' << 16 | '1' << 24;
    static final int VERSION = 1;
    static final int CONTINUES = 1;

    static final int HEADER_BYTES = 96;
    static final int PRODUCER_BYTES = 40;
    static final int DIRECTORY_BYTES = 8;

    static final byte CONSTANT_LONG = 1;
    static final byte FRAME = 2;
    static final byte CONSTANT_DOUBLE = 3;
    static final byte PLAIN_DOUBLE = 4;
    static final byte BYTES = 5;
    static final byte CONSTANT_DECIMAL = 6;
    static final byte PLAIN_DECIMAL = 7;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private BlockCodec() {}

    static long readLong(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    static int readInt(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static int readShort(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    static void writeLong(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    static void writeInt(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    static void writeShort(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    static int length(byte[] block) {
        return readInt(block, 8);
    }

    static boolean continues(byte[] block) {
        return (readShort(block, 14) & CONTINUES) != 0;
    }

    static long lsn(byte[] block) {
        return readLong(block, 16);
    }

    static long durableLsn(byte[] block) {
        return readLong(block, 24);
    }

    static long firstRow(byte[] block) {
        return readLong(block, 32);
    }

    static int rowCount(byte[] block) {
        return readInt(block, 40);
    }

    static int schemaId(byte[] block) {
        return readInt(block, 44);
    }

    static long appendTime(byte[] block) {
        return readLong(block, 48);
    }

    static long minTime(byte[] block) {
        return readLong(block, 56);
    }

    static long maxTime(byte[] block) {
        return readLong(block, 64);
    }

    static long watermarkBefore(byte[] block) {
        return readLong(block, 72);
    }

    static long watermarkAfter(byte[] block) {
        return readLong(block, 80);
    }

    static int producerCount(byte[] block) {
        return readInt(block, 88);
    }

    static int columnCount(byte[] block) {
        return readInt(block, 92);
    }

    /** Where the entry of a column in the directory is. */
    static int directory(byte[] block, int column) {
        return HEADER_BYTES + producerCount(block) * PRODUCER_BYTES + column * DIRECTORY_BYTES;
    }

    static void seal(byte[] block, int length, CRC32C crc) {
        writeInt(block, 8, length);
        writeInt(block, 4, checksum(block, length, crc));
    }

    private static int checksum(byte[] block, int length, CRC32C crc) {
        crc.reset();
        crc.update(block, 8, length - 8);
        return (int) crc.getValue();
    }

    /** What is wrong with the first {@code length} bytes as a block; null when they are whole. */
    static @Nullable String problem(byte[] block, int length, CRC32C crc) {
        if (length < HEADER_BYTES || readInt(block, 0) != MAGIC) {
            return "is no block";
        }
        if (length(block) != length) {
            return "has " + length + " bytes and says " + length(block);
        }
        if (checksum(block, length, crc) != readInt(block, 4)) {
            return "has a wrong checksum";
        }
        if (readShort(block, 12) != VERSION) {
            return "has the unknown version " + readShort(block, 12);
        }
        return null;
    }
}
