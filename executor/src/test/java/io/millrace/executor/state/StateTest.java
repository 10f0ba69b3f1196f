package io.millrace.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateTest {
    @Nested
    class A_group_table {
        @Test
        void numbers_the_groups_as_they_come_and_gives_new_ones_zeros() {
            GroupTable table = new GroupTable(1, 2);
            int[] groups = new int[4];
            table.findOrAdd(keys(7, 8, 7, 9), 4, groups);
            assertThat(groups).containsExactly(0, 1, 0, 2);
            table.page(1)[table.at(1) + 1] = 5;
            table.clear();
            table.findOrAdd(keys(9, 8, 8, 9), 4, groups);
            assertThat(groups).containsExactly(0, 1, 1, 0);
            assertThat(table.page(1)[table.at(1) + 1]).isZero();
        }

        @Test
        void that_was_sealed_needs_its_records_only_and_takes_more_groups() {
            for (int size : new int[] {0, 1, 8, 9, 5_000, 20_000}) {
                GroupTable table = new GroupTable(1, 2);
                int[] groups = new int[1];
                for (int i = 0; i < size; i++) {
                    int key = i;
                    table.findOrAdd(keys(1, k -> key), 1, groups);
                    table.page(groups[0])[table.at(groups[0]) + 1] = key;
                }
                table.seal();
                assertThat(table.bytes()).isEqualTo(size * 24L);
                for (int i = 0; i < size + 10; i++) {
                    int key = i;
                    table.findOrAdd(keys(1, k -> key), 1, groups);
                    assertThat(groups[0]).isEqualTo(i);
                    assertThat(table.page(i)[table.at(i) + 1]).isEqualTo(i < size ? key : 0);
                }
                table.seal();
                table.clear();
                table.findOrAdd(keys(1, k -> 3), 1, groups);
                assertThat(groups[0]).isZero();
            }
        }

        /** So many keys that some have the same hash, in tables that are looked through part by part. */
        @Test
        void tells_keys_of_the_same_hash_apart() {
            for (int width = 1; width <= 3; width++) {
                Random random = new Random(width);
                GroupTable table = new GroupTable(width, 1);
                if (width == 2) {
                    table.expect(10_000);
                }
                KeyWords keys = new KeyWords(width);
                Map<Integer, Integer> hashes = new HashMap<>();
                int same = 0;
                int known = 0;
                long[] words = new long[width];
                int[] numbers = new int[4096];
                int[] groups = new int[4096];
                while (known < 400_000) {
                    for (int i = 0; i < 4096; i++) {
                        boolean isNew = known == 0 || random.nextInt(4) > 0;
                        numbers[i] = isNew ? known++ : random.nextInt(known);
                        for (int word = 0; word < width; word++) {
                            words[word] = numbers[i] * 0x9E3779B97F4A7C15L + (word == 0 ? 0 : numbers[i] % 3);
                        }
                        keys.put(i, words);
                        int hash = KeyWords.hash(words, 0, width);
                        same += isNew && hashes.put(hash, numbers[i]) != null ? 1 : 0;
                    }
                    keys.hash(4096);
                    table.findOrAdd(keys, 4096, groups);
                    assertThat(groups).isEqualTo(numbers);
                }
                assertThat(table.size()).isEqualTo(known);
                assertThat(same).isPositive();
            }
        }

        @Test
        void holds_more_groups_than_a_page() {
            GroupTable table = new GroupTable(1, 7);
            int[] groups = new int[4096];
            for (int round = 0; round < 2; round++) {
                for (int from = 0; from < 40 * 4096; from += 4096) {
                    int first = from;
                    table.findOrAdd(keys(4096, i -> first + i), 4096, groups);
                    for (int i = 0; i < 4096; i++) {
                        assertThat(groups[i]).isEqualTo(from + i);
                    }
                }
            }
            assertThat(table.size()).isEqualTo(40 * 4096);
            assertThat(table.bytes()).isBetween(40 * 4096 * 64L, 40 * 4096 * 128L);
        }
    }

    @Nested
    class Hashes {
        @Test
        void of_strided_keys_spread_as_well_as_random_ones() {
            List<LongUnaryOperator> strides = List.of(
                    i -> i,
                    i -> i * 1_000_000,
                    i -> i << 12,
                    i -> i << 32,
                    i -> i << 48,
                    i -> -i * 4096 - 1,
                    i -> Double.doubleToLongBits(i),
                    i -> StringWords.first(
                            Long.toString(i).getBytes(StandardCharsets.UTF_8),
                            0,
                            Long.toString(i).length()));
            for (LongUnaryOperator stride : strides) {
                boolean[] slots = new boolean[1 << 16];
                int filled = 0;
                for (int i = 0; i < 1 << 15; i++) {
                    int slot = Hashing.fold(Hashing.mix(stride.applyAsLong(i))) & (slots.length - 1);
                    filled += slots[slot] ? 0 : 1;
                    slots[slot] = true;
                }
                // random hashes would fill 65,536 * (1 - e^-0.5) = 25,786
                assertThat(filled).as("stride %d", strides.indexOf(stride)).isGreaterThan(25_000);
            }
        }
    }

    @Nested
    class String_words {
        private final StringInterner interner = new StringInterner();

        @Test
        void are_equal_and_ordered_as_the_bytes_are() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            List<byte[]> strings = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                byte[] bytes = new byte[random.nextInt(22)];
                for (int k = 0; k < bytes.length; k++) {
                    bytes[k] = (byte) (random.nextInt(12) == 0 ? random.nextInt(256) : 0);
                }
                strings.add(bytes);
            }
            for (byte[] left : strings) {
                for (byte[] right : strings) {
                    int expected = Integer.signum(Arrays.compareUnsigned(left, right));
                    long leftSecond = StringWords.second(left, 0, left.length, interner);
                    long rightSecond = StringWords.second(right, 0, right.length, interner);
                    long leftFirst = StringWords.first(left, 0, left.length);
                    long rightFirst = StringWords.first(right, 0, right.length);
                    assertThat(Integer.signum(
                                    StringWords.compare(leftFirst, leftSecond, rightFirst, rightSecond, interner)))
                            .as("seed %d", seed)
                            .isEqualTo(expected);
                    assertThat(Integer.signum(
                                    StringWords.compare(leftFirst, leftSecond, right, 0, right.length, interner)))
                            .isEqualTo(expected);
                    assertThat(leftFirst == rightFirst && leftSecond == rightSecond)
                            .isEqualTo(expected == 0);
                }
            }
        }

        @Test
        void of_strings_that_are_marked_outlive_a_sweep() {
            byte[] kept = "a string that is still needed".getBytes(StandardCharsets.UTF_8);
            byte[] dropped = "a string that is not needed".getBytes(StandardCharsets.UTF_8);
            long first = StringWords.second(dropped, 0, dropped.length, interner);
            long second = StringWords.second(kept, 0, kept.length, interner);
            interner.beginMark();
            interner.mark(second);
            interner.sweep();
            assertThat(StringWords.second(kept, 0, kept.length, interner)).isEqualTo(second);
            byte[] next = "a string that comes later".getBytes(StandardCharsets.UTF_8);
            assertThat(StringWords.second(next, 0, next.length, interner)).isEqualTo(first);
            assertThat(StringWords.bytes(0, first, interner)).isEqualTo(next);
        }
    }

    @Test
    void the_sorter_is_stable() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int size : new int[] {0, 1, 2, 13, 100, 5_000}) {
            long[] prefixes = random.longs(size, -5, 5).toArray();
            Integer[] expected = new Integer[size];
            int[] indexes = new int[size];
            for (int i = 0; i < size; i++) {
                indexes[i] = i;
                expected[i] = i;
            }
            long[] original = prefixes.clone();
            Arrays.sort(expected, (left, right) -> Long.compare(original[left], original[right]));
            new IndexSorter().sort(prefixes, indexes, size, (left, right) -> 0);
            assertThat(indexes)
                    .as("seed %d", seed)
                    .isEqualTo(Arrays.stream(expected).mapToInt(i -> i).toArray());
        }
    }

    private static KeyWords keys(long... values) {
        return keys(values.length, i -> values[(int) i]);
    }

    private static KeyWords keys(int count, LongUnaryOperator value) {
        KeyWords keys = new KeyWords(1);
        for (int i = 0; i < count; i++) {
            keys.words(0)[i] = value.applyAsLong(i);
        }
        keys.hash(count);
        return keys;
    }
}
