package io.millrace.executor.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random arrays of all storages: what is written is read, and bytes are ordered as the arrays are. */
class ArrayBytesTest {
    private static final List<DataType> ELEMENTS = List.of(
            DataType.of(Kind.BIGINT),
            DataType.of(Kind.DOUBLE),
            DataType.decimal(38, 3),
            new DataType(Kind.VARBINARY, DataType.UNLIMITED, 0, true));

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(1, 5), new Random().longs(5));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void bytesAreOrderedAsArrays(long seed) {
        Random random = new Random(seed);
        for (DataType element : ELEMENTS) {
            DataType type = DataType.array(element);
            List<List<Object>> arrays = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                arrays.add(array(element, random));
            }
            ColumnBuilder builder = ColumnBuilder.of(type);
            arrays.forEach(builder::appendValue);
            StringColumn column = (StringColumn) builder.build();
            for (int i = 0; i < arrays.size(); i++) {
                List<?> read = (List<?>) ColumnValues.value(column, i, type);
                assertThat(compare(read, arrays.get(i))).as("seed %d", seed).isZero();
                ArrayReader reader = new ArrayReader(element);
                reader.reset(column, i);
                assertThat(reader.count()).isEqualTo(arrays.get(i).size());
                for (int j = 0; j < arrays.size(); j++) {
                    int order = Arrays.compareUnsigned(
                            column.bytes(),
                            column.start(i),
                            column.end(i),
                            column.bytes(),
                            column.start(j),
                            column.end(j));
                    assertThat(Integer.signum(order))
                            .as("seed %d: %s and %s", seed, arrays.get(i), arrays.get(j))
                            .isEqualTo(Integer.signum(compare(arrays.get(i), arrays.get(j))));
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void elementsAreFoundByTheirNumbers(long seed) {
        Random random = new Random(seed);
        for (DataType element : ELEMENTS) {
            List<Object> array = array(element, random);
            ColumnBuilder builder = ColumnBuilder.of(DataType.array(element));
            builder.appendValue(array);
            StringColumn column = (StringColumn) builder.build();
            ArrayReader reader = new ArrayReader(element);
            for (int number = -1; number <= array.size() + 2; number++) {
                reader.reset(column, 0);
                boolean exists = number >= 1 && number <= array.size();
                assertThat(reader.next(number))
                        .as("seed %d: %d of %s", seed, number, array)
                        .isEqualTo(exists);
                if (exists) {
                    ColumnBuilder one = ColumnBuilder.of(element);
                    reader.appendTo(one);
                    Object value = ColumnValues.value(one.build(), 0, element);
                    assertThat(compareElements(value, array.get(number - 1))).isZero();
                }
            }
        }
    }

    private static List<Object> array(DataType element, Random random) {
        List<Object> array = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(random.nextInt(5) == 0 ? null : value(element, random));
        }
        return array;
    }

    private static Object value(DataType element, Random random) {
        return switch (element.kind()) {
            case BIGINT -> random.nextInt(3) == 0 ? random.nextLong() : (Long) (random.nextInt(5) - 2L);
            case DOUBLE ->
                switch (random.nextInt(6)) {
                    case 0 -> Double.NaN;
                    case 1 -> -0.0;
                    case 2 -> Double.NEGATIVE_INFINITY;
                    case 3 -> random.nextGaussian() * 1e300;
                    default -> random.nextInt(5) - 2.5;
                };
            case DECIMAL ->
                new BigDecimal(new BigInteger(1 + random.nextInt(120), random), 3)
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
            default -> {
                byte[] bytes = new byte[random.nextInt(4)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = new byte[] {0, 1, 2, 'a', -1}[random.nextInt(5)];
                }
                yield bytes;
            }
        };
    }

    private static int compare(List<?> left, List<?> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compareElements(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @SuppressWarnings("unchecked")
    private static int compareElements(Object left, Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        if (left instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) right);
        }
        return left instanceof Double number
                ? Double.compare(number + 0.0, (Double) right + 0.0)
                : ((Comparable<Object>) left).compareTo(right);
    }
}
