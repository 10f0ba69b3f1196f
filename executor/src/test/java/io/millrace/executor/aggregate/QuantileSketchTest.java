package io.millrace.executor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileSketchTest {
    private static final int MANY = 200_000;

    @Test
    void few_values_are_all_kept() {
        QuantileSketch sketch = new QuantileSketch();
        new Random(1).ints(0, 1 << 20).distinct().limit(256).forEach(sketch::add);
        double[] sorted = new Random(1)
                .ints(0, 1 << 20)
                .distinct()
                .limit(256)
                .sorted()
                .asDoubleStream()
                .toArray();
        for (int i = 0; i < sorted.length; i++) {
            assertThat(sketch.quantile((i + 1) / 256.0)).isEqualTo(sorted[i]);
            assertThat(sketch.quantile((i + 0.5) / 256.0)).isEqualTo(sorted[i]);
        }
        assertThat(sketch.quantile(0)).isEqualTo(sorted[0]);
    }

    @Test
    void ranks_of_many_are_right_within_two_hundredths_in_any_order() {
        Random random = new Random(2);
        assertRanks(IntStream.range(0, MANY).asDoubleStream());
        assertRanks(IntStream.range(0, MANY).mapToDouble(i -> MANY - i));
        assertRanks(random.doubles(MANY));
        assertRanks(DoubleStream.generate(random::nextGaussian).limit(MANY));
        assertRanks(IntStream.range(0, MANY).mapToDouble(i -> (i & 1) == 0 ? i : -i));
    }

    @Test
    void parts_that_are_merged_are_as_good_as_one() {
        Random random = new Random(3);
        QuantileSketch merged = new QuantileSketch();
        double[] all = new double[0];
        for (int part = 0; part < 300; part++) {
            double[] values = random.doubles(1 + random.nextInt(part % 7 == 0 ? 5_000 : 50))
                    .map(value -> value * value)
                    .toArray();
            QuantileSketch sketch = new QuantileSketch();
            Arrays.stream(values).forEach(sketch::add);
            merged.merge(sketch);
            all = DoubleStream.concat(Arrays.stream(all), Arrays.stream(values)).toArray();
        }
        assertRanks(merged, all);
    }

    @Test
    void the_same_values_in_the_same_order_give_the_same() {
        double[] first = quantiles(new Random(4).doubles(MANY));
        assertThat(quantiles(new Random(4).doubles(MANY))).containsExactly(first);
    }

    @Test
    void asking_changes_nothing() {
        QuantileSketch asked = new QuantileSketch();
        QuantileSketch other = new QuantileSketch();
        new Random(5).doubles(20_000).forEach(value -> {
            asked.add(value);
            asked.quantile(0.5);
            other.add(value);
        });
        assertThat(quantiles(asked)).containsExactly(quantiles(other));
    }

    @Test
    void nan_is_the_greatest_and_there_is_one_zero() {
        QuantileSketch sketch = new QuantileSketch();
        DoubleStream.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.NEGATIVE_INFINITY)
                .forEach(sketch::add);
        assertThat(sketch.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Double.doubleToLongBits(sketch.quantile(0.5))).isZero();
        assertThat(sketch.quantile(0.75)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sketch.quantile(1)).isNaN();
    }

    @Test
    void ten_million_values_take_less_than_sixteen_kilobytes() {
        QuantileSketch sketch = new QuantileSketch();
        new Random(6).doubles(10_000_000).forEach(sketch::add);
        assertThat(sketch.bytes()).isLessThan(16 << 10);
    }

    private static void assertRanks(DoubleStream values) {
        double[] all = values.toArray();
        QuantileSketch sketch = new QuantileSketch();
        Arrays.stream(all).forEach(sketch::add);
        assertRanks(sketch, all);
    }

    private static void assertRanks(QuantileSketch sketch, double[] all) {
        Arrays.sort(all);
        for (double fraction : new double[] {0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999}) {
            int rank = Arrays.binarySearch(all, sketch.quantile(fraction));
            assertThat(rank).as("a value that came").isNotNegative();
            assertThat((rank + 1.0) / all.length).isCloseTo(fraction, within(0.02));
        }
        assertThat(sketch.quantile(0)).isEqualTo(all[0]);
        assertThat(sketch.quantile(1)).isEqualTo(all[all.length - 1]);
    }

    private static double[] quantiles(DoubleStream values) {
        QuantileSketch sketch = new QuantileSketch();
        values.forEach(sketch::add);
        return quantiles(sketch);
    }

    private static double[] quantiles(QuantileSketch sketch) {
        return IntStream.rangeClosed(0, 100)
                .mapToDouble(i -> sketch.quantile(i / 100.0))
                .toArray();
    }
}
