package io.millrace.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderedCountsTest {
    private static final int GROUPS = 4;

    private final KeyLayout layout =
            new KeyLayout(List.of(DataType.of(DataType.Kind.BIGINT).notNull()));
    private final OrderedCounts counts =
            new OrderedCounts(layout, new KeyComparison(layout, List.of(), new StringInterner()));
    private final Map<Long, NavigableMap<Long, Long>> model = new TreeMap<>();

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(1, 20), new Random().longs(20));
    }

    private void add(long group, long value, long weight) {
        int more = counts.add(group, new long[] {value}, 0, weight);
        NavigableMap<Long, Long> values = model.computeIfAbsent(group, absent -> new TreeMap<>());
        int before = values.size();
        if (values.merge(value, weight, Long::sum) == 0) {
            values.remove(value);
        }
        assertThat(more).isEqualTo(values.size() - before);
    }

    private void remove(long group) {
        counts.remove(group);
        model.remove(group);
    }

    private void assertSame(String seed) {
        for (long group = 0; group < GROUPS; group++) {
            NavigableMap<Long, Long> values = model.getOrDefault(group, new TreeMap<>());
            List<List<Long>> expected = new ArrayList<>();
            values.forEach((value, count) -> expected.add(List.of(value, count)));
            List<List<Long>> found = new ArrayList<>();
            OrderedCounts.Cursor all = counts.all();
            for (boolean has = all.first(group); has; has = all.next()) {
                found.add(List.of(all.page()[all.at()], all.count()));
            }
            assertThat(found).as("%s, group %d", seed, group).isEqualTo(expected);
            found.clear();
            for (boolean has = all.last(group); has; has = all.previous()) {
                found.add(0, List.of(all.page()[all.at()], all.count()));
            }
            assertThat(found).as("%s, group %d backwards", seed, group).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void valuesAreThoseThatWereAddedAndNotTakenAway(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < (seed % 4 == 0 ? 40 : 200); round++) {
            long group = random.nextInt(GROUPS);
            int width = 1 + random.nextInt(seed % 4 == 0 ? 20_000 : 400);
            boolean takes = random.nextInt(3) == 0;
            for (int i = random.nextInt(seed % 4 == 0 ? 8_000 : 300); i > 0; i--) {
                add(group, random.nextInt(width), takes ? -1 : 1);
            }
            if (random.nextInt(4) == 0) {
                remove(random.nextInt(GROUPS));
            }
            assertSame("seed " + seed + ", round " + round);
        }
    }

    /** A leaf that has lost all its values, between two that have too many for it to be merged as small ones are. */
    @Test
    void aGroupGoesWholeThoughALeafBetweenIsEmpty() {
        for (int size = 1; size <= 130; size++) {
            for (int value = 0; value < size; value++) {
                add(0, value, 1);
                add(1, value, 1);
                add(2, value, 1);
            }
            remove(1);
            assertSame("of " + size);
            remove(0);
            remove(2);
            assertSame("none of " + size);
        }
    }
}
