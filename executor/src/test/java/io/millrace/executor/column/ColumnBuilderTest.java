package io.millrace.executor.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnBuilderTest {
    private static final List<DataType> TYPES = List.of(
            DataType.of(Kind.BOOLEAN),
            DataType.of(Kind.BIGINT),
            DataType.of(Kind.DOUBLE),
            DataType.decimal(10, 2),
            DataType.decimal(30, 2),
            DataType.varchar());

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void givesBackWhatWasAppended() {
        for (DataType type : TYPES) {
            ColumnBuilder builder = ColumnBuilder.of(type);
            for (int round = 0; round < 20; round++) {
                List<Object> expected = new ArrayList<>();
                for (int step = random.nextInt(40); step > 0; step--) {
                    append(type, builder, expected);
                }
                assertThat(builder.size()).isEqualTo(expected.size());
                Column column = builder.build();
                assertThat(values(column, type)).as("seed %s %s", seed, type).isEqualTo(expected);
                assertThat(column.hasNulls()).isEqualTo(expected.contains(null));
                assertThat(builder.size()).isZero();
            }
        }
    }

    private void append(DataType type, ColumnBuilder builder, List<Object> expected) {
        switch (random.nextInt(4)) {
            case 0 -> {
                List<Object> rows = new ArrayList<>();
                Column source = column(type, random.nextInt(100), rows);
                builder.appendAll(source, null);
                expected.addAll(rows);
            }
            case 1 -> {
                List<Object> rows = new ArrayList<>();
                Column source = column(type, 100, rows);
                Selection selection = new Selection(100);
                for (int row = 0; row < 100; row += 1 + random.nextInt(5)) {
                    selection.rows()[selection.count()] = row;
                    selection.count(selection.count() + 1);
                    expected.add(rows.get(row));
                }
                builder.appendAll(source, selection);
                assertThat(values(Columns.gather(source, selection), type))
                        .isEqualTo(expected.subList(expected.size() - selection.count(), expected.size()));
            }
            case 2 -> {
                int size = random.nextInt(expected.size() + 1);
                builder.truncate(size);
                expected.subList(size, expected.size()).clear();
            }
            default -> {
                Object value = value(type);
                builder.appendValue(value);
                expected.add(value);
            }
        }
    }

    private Column column(DataType type, int rows, List<Object> values) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (int row = 0; row < rows; row++) {
            values.add(value(type));
            builder.appendValue(values.get(row));
        }
        return builder.build();
    }

    private Object value(DataType type) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> random.nextGaussian();
            case DECIMAL -> new BigDecimal(new BigInteger(type.precision() == 30 ? 90 : 30, random).negate(), 2);
            case VARCHAR -> "日" + random.nextInt(1000);
            default -> random.nextLong();
        };
    }

    private static List<Object> values(Column column, DataType type) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < column.size(); row++) {
            values.add(ColumnValues.value(column, row, type));
        }
        return values;
    }

    @Test
    void decimalsAreRoundedToTheTypeAndMustFit() {
        ColumnBuilder builder = ColumnBuilder.of(DataType.decimal(4, 1));
        builder.appendValue(new BigDecimal("1.25"));
        assertThat(ColumnValues.value(builder.build(), 0, DataType.decimal(4, 1)))
                .isEqualTo(new BigDecimal("1.3"));
        assertThatThrownBy(() -> builder.appendValue(new BigDecimal("999.95"))).hasMessageContaining("out of range");
        assertThatThrownBy(() -> builder.appendValue(new BigDecimal("1e999999999")))
                .hasMessageContaining("out of range");
        assertThatThrownBy(() -> builder.appendValue("text")).hasMessageContaining("cannot append");
    }

    @Test
    void constantsAreRepeated() {
        Column column = Columns.constant(DataType.varchar(), "ab", 70);
        assertThat(values(column, DataType.varchar())).hasSize(70).containsOnly("ab");
        assertThat(values(Columns.nulls(DataType.varchar(), 70), DataType.varchar()))
                .hasSize(70)
                .containsOnlyNulls();
    }

    @Test
    void wordsOf128BitsAreThoseOfBigInteger() {
        for (int round = 0; round < 1_000; round++) {
            BigInteger a = new BigInteger(126, random).subtract(new BigInteger(126, random));
            BigInteger b = new BigInteger(random.nextInt(126), random).negate();
            long aHigh = Int128.high(a);
            long bHigh = Int128.high(b);
            assertThat(Int128.toBigInteger(aHigh, a.longValue())).isEqualTo(a);
            long sum = Int128.addHigh(aHigh, a.longValue(), bHigh, b.longValue());
            assertThat(Int128.toBigInteger(sum, a.longValue() + b.longValue())).isEqualTo(a.add(b));
            long difference = Int128.subtractHigh(aHigh, a.longValue(), bHigh, b.longValue());
            assertThat(Int128.toBigInteger(difference, a.longValue() - b.longValue()))
                    .isEqualTo(a.subtract(b));
            assertThat(Int128.compare(aHigh, a.longValue(), bHigh, b.longValue()))
                    .isEqualTo(a.compareTo(b));
        }
    }
}
