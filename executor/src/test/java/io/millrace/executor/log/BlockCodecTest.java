package io.millrace.executor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BlockCodecTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);
    private static final DataType VARCHAR = DataType.varchar();
    private static final DataType DECIMAL = DataType.decimal(38, 2);

    @Nested
    class A_column_comes_back_as_it_was {
        @Test
        void when_it_holds_integers_of_every_range() {
            check(BIGINT, LogFixture.longs(7, 7, 7));
            check(BIGINT, LogFixture.longs(-1));
            check(BIGINT, LogFixture.longs(0, 255, 3));
            check(BIGINT, LogFixture.longs(1_000_000, 1_000_256));
            check(BIGINT, LogFixture.longs(-5, 65_530));
            check(BIGINT, LogFixture.longs(-5, 65_531));
            check(BIGINT, LogFixture.longs(Integer.MIN_VALUE, Integer.MAX_VALUE));
            check(BIGINT, LogFixture.longs(0, 1L << 32));
            check(BIGINT, LogFixture.longs(Long.MIN_VALUE, Long.MAX_VALUE, 0));
            check(BIGINT, LogFixture.longs(Long.MIN_VALUE, Long.MIN_VALUE + 255));
        }

        @Test
        void when_it_holds_doubles_of_every_kind() {
            check(DOUBLE, LogFixture.doubles(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -1.5));
            check(DOUBLE, LogFixture.doubles(Double.NaN, Double.NaN));
            check(DOUBLE, LogFixture.doubles(0.0, -0.0));
        }

        @Test
        void when_it_holds_strings_of_every_length() {
            check(VARCHAR, LogFixture.strings("a", "b"));
            check(VARCHAR, LogFixture.strings("", "", ""));
            check(VARCHAR, LogFixture.strings("", "日本", "naïve", "🦀"));
            check(VARCHAR, LogFixture.strings("x".repeat(255), ""));
            check(VARCHAR, LogFixture.strings("x".repeat(256), "y".repeat(65_535)));
            check(VARCHAR, LogFixture.strings("x".repeat(65_536), "y"));
        }

        @Test
        void when_it_holds_decimals() {
            check(DECIMAL, LogFixture.decimals(new long[] {0, -1, Long.MAX_VALUE}, new long[] {1, -1, 0}));
            check(DECIMAL, LogFixture.decimals(new long[] {3, 3}, new long[] {-4, -4}));
        }

        @Test
        void when_rows_are_null() {
            check(BIGINT, new LongColumn(new long[] {Long.MAX_VALUE, 3, 5}, new long[] {1}, 3));
            check(BIGINT, new LongColumn(new long[] {9, 8}, new long[] {3}, 2));
            check(VARCHAR, new StringColumn(new byte[] {'a'}, new int[] {0, 0, 1}, new long[] {1}, 2));
            check(DOUBLE, new DoubleColumn(new double[] {1, 2}, new long[] {2}, 2));
            check(DECIMAL, new DecimalColumn(new long[] {1, 2}, new long[] {1, 2}, new long[] {1}, 2));
        }

        @Test
        void when_it_is_random() {
            long seed = new Random().nextLong();
            System.out.println("seed " + seed);
            Random random = new Random(seed);
            for (int round = 0; round < 200; round++) {
                int size = 1 + random.nextInt(Column.MAX_ROWS);
                check(BIGINT, randomLongs(random, size));
                check(VARCHAR, randomStrings(random, size));
            }
        }
    }

    @Test
    void slices_of_several_columns_share_a_block() {
        BlockEncoder encoder = new BlockEncoder(LogFixture.NUMBER_AND_WORD, -1);
        encoder.add(LogFixture.numbered(0, 10), 3, 7);
        encoder.add(LogFixture.numbered(100, 10), 0, 1);
        encoder.add(LogFixture.numbered(200, 10), 9, 10);
        BlockBatch batch = decode(encoder, LogFixture.NUMBER_AND_WORD);
        assertThat(text(batch.column(0), 6)).containsExactly("3", "4", "5", "6", "100", "209");
        assertThat(((StringColumn) batch.column(1)).string(5)).isEqualTo(LogFixture.word(209));
    }

    @Test
    void the_last_column_is_the_append_time() {
        BlockEncoder encoder = new BlockEncoder(LogFixture.NUMBER_AND_WORD, -1);
        encoder.add(LogFixture.numbered(0, 3), 0, 3);
        BlockBatch batch = decode(encoder, LogFixture.NUMBER_AND_WORD);
        assertThat(text(batch.column(2), 3)).containsExactly("77", "77", "77");
    }

    @Test
    void lowest_and_highest_time_leave_out_nulls() {
        BlockEncoder encoder = new BlockEncoder(List.of(BIGINT), 0);
        encoder.add(List.of(new LongColumn(new long[] {-100, 5, 9, 900}, new long[] {0b1001}, 4)), 0, 4);
        encoder.encode(new BlockPlace(0, 0, 0), false, 77, 0, 0);
        assertThat(BlockCodec.minTime(encoder.block())).isEqualTo(5);
        assertThat(BlockCodec.maxTime(encoder.block())).isEqualTo(9);
    }

    @Test
    void producers_are_found_again() {
        BlockEncoder encoder = new BlockEncoder(LogFixture.NUMBER_AND_WORD, -1);
        encoder.add(LogFixture.numbered(0, 3), 0, 3);
        ProducerEntry entry = new ProducerEntry(new UUID(1, 2), 7, 5, new AppendResult(9, 40, 3, false), 77);
        encoder.add(entry);
        encoder.encode(new BlockPlace(9, 9, 40), false, 77, 0, 0);
        assertThat(BlockSummary.of(encoder.block(), 1, 1).producers()).containsExactly(entry);
    }

    @Test
    void every_flipped_bit_is_noticed() {
        BlockEncoder encoder = new BlockEncoder(LogFixture.NUMBER_AND_WORD, -1);
        encoder.add(LogFixture.numbered(0, 20), 0, 20);
        int length = encoder.encode(new BlockPlace(9, 9, 40), false, 77, 0, 0);
        byte[] block = encoder.block();
        CRC32C crc = new CRC32C();
        assertThat(BlockCodec.problem(block, length, crc)).isNull();
        for (int bit = 0; bit < length * 8; bit++) {
            block[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThat(BlockCodec.problem(block, length, crc)).as("bit %d", bit).isNotNull();
            block[bit >> 3] ^= (byte) (1 << (bit & 7));
        }
    }

    private static void check(DataType type, Column column) {
        List<String> before = text(column, column.size());
        BlockEncoder encoder = new BlockEncoder(List.of(type), -1);
        encoder.add(List.of(column), 0, column.size());
        BlockBatch batch = decode(encoder, List.of(type));
        assertThat(text(batch.column(0), batch.rowCount())).isEqualTo(before);
    }

    private static BlockBatch decode(BlockEncoder encoder, List<DataType> types) {
        int length = encoder.encode(new BlockPlace(0, 0, 0), false, 77, 0, 0);
        assertThat(BlockCodec.problem(encoder.block(), length, new CRC32C())).isNull();
        BlockBatch batch = new BlockBatch(types);
        batch.show(encoder.block().clone());
        return batch;
    }

    private static List<String> text(Column column, int size) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            if (column.isNull(row)) {
                rows.add("null");
            } else if (column instanceof LongColumn longs) {
                rows.add(Long.toString(longs.get(row)));
            } else if (column instanceof DoubleColumn doubles) {
                rows.add(Long.toHexString(Double.doubleToRawLongBits(doubles.get(row))));
            } else if (column instanceof DecimalColumn decimals) {
                rows.add(decimals.high()[row] + ":" + decimals.low()[row]);
            } else {
                rows.add(((StringColumn) column).string(row));
            }
        }
        return rows;
    }

    private static LongColumn randomLongs(Random random, int size) {
        int shift = random.nextInt(64);
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextLong() >> shift;
        }
        return new LongColumn(values, random.nextBoolean() ? nulls(random, size) : null, size);
    }

    private static StringColumn randomStrings(Random random, int size) {
        long[] nulls = random.nextBoolean() ? nulls(random, size) : null;
        int longest = 1 + random.nextInt(random.nextInt(10) == 0 ? 600 : 20);
        int start = random.nextInt(5);
        int[] offsets = new int[size + 1];
        offsets[0] = start;
        for (int i = 0; i < size; i++) {
            boolean isNull = nulls != null && (nulls[i >> 6] & (1L << i)) != 0;
            offsets[i + 1] = offsets[i] + (isNull ? 0 : random.nextInt(longest));
        }
        byte[] bytes = new byte[offsets[size]];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        return new StringColumn(bytes, offsets, nulls, size);
    }

    private static long[] nulls(Random random, int size) {
        long[] words = new long[(size + 63) / 64];
        for (int i = 0; i < size; i++) {
            if (random.nextInt(4) == 0) {
                words[i >> 6] |= 1L << i;
            }
        }
        return words;
    }
}
