package io.millrace.executor.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.state.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index of any size finds the newest row of each key, and the older ones from there. */
class KeyIndexTest {
    private static int hash(int key) {
        return Hashing.fold(Hashing.mix(0, key));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 40_000, 1_000_000})
    void findsWhatWasAddedWhateverRoomItHadAtFirst(int expected) {
        KeyIndex index = new KeyIndex(expected);
        Random random = new Random(expected);
        List<Integer> keyOf = new ArrayList<>();
        List<List<Integer>> rowsOf = new ArrayList<>();
        for (int key = 0; key < 200_000; key++) {
            rowsOf.add(new ArrayList<>());
        }
        for (int row = 0; row < 400_000; row++) {
            int key = random.nextInt(1 + Math.min(row, rowsOf.size() - 1));
            List<Integer> rows = rowsOf.get(key);
            index.add(hash(key), row, rows.isEmpty() ? KeyIndex.NONE : rows.get(rows.size() - 1));
            rows.add(row);
            keyOf.add(key);
        }
        for (int key = 0; key < rowsOf.size(); key++) {
            int wanted = key;
            List<Integer> rows = rowsOf.get(key);
            int row = index.newest(hash(key), keyOf.size(), candidate -> keyOf.get(candidate) == wanted);
            for (int i = rows.size() - 1; i >= 0; i--) {
                assertThat(row).isEqualTo(rows.get(i));
                row = index.older(row);
            }
            assertThat(row).isEqualTo(KeyIndex.NONE);
        }
    }

    @Test
    void aSmallOneIsSmallAndAWhatIsTakenBackIsGone() {
        KeyIndex index = new KeyIndex();
        assertThat(index.bytes()).isLessThan(1024);
        index.add(hash(7), 0, KeyIndex.NONE);
        index.add(hash(7), 1, 0);
        index.undo(hash(7), 1);
        assertThat(index.newest(hash(7), 2, row -> true)).isZero();
        index.undo(hash(7), 0);
        assertThat(index.newest(hash(7), 2, row -> true)).isEqualTo(KeyIndex.NONE);
        assertThat(index.bytes()).isLessThan(2048);
    }

    /** Rows that are not found by a key have numbers, too. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 1_101, 16_383, 16_384, 16_385, 50_000})
    void rowsMayBeLeftOut(int next) {
        KeyIndex index = new KeyIndex();
        index.add(hash(0), 0, KeyIndex.NONE);
        for (int row = next; row < 100_000; row++) {
            index.add(hash(row), row, KeyIndex.NONE);
        }
        assertThat(index.older(0)).isEqualTo(KeyIndex.NONE);
        for (int row = next; row < 100_000; row++) {
            int wanted = row;
            assertThat(index.older(row)).isEqualTo(KeyIndex.NONE);
            assertThat(index.newest(hash(row), 100_000, candidate -> candidate == wanted))
                    .isEqualTo(row);
        }
    }

    /** Keys whose hashes have their upper bits in common all lie in one part. */
    @Test
    void aPartMayHaveFarMoreThanOthers() {
        KeyIndex index = new KeyIndex();
        for (int row = 0; row < 100_000; row++) {
            index.add(row, row, KeyIndex.NONE);
        }
        int[] hashes = {5, 99_999, 100_000, -1};
        int[] rows = new int[hashes.length];
        index.candidates(hashes, hashes.length, 100_000, rows, new int[hashes.length]);
        assertThat(rows).containsExactly(5, 99_999, KeyIndex.NONE, KeyIndex.NONE);
    }

    @Test
    void roomThatIsMadePartByPartIsWhatWasAskedForOnceItIsThere() {
        for (int keys : new int[] {0, 1_000, 100_000, 1_000_000}) {
            KeyIndex index = KeyIndex.toPrepare(keys);
            int parts = 1;
            while (!index.prepare(10_000)) {
                parts++;
            }
            assertThat(parts > 1).isEqualTo(keys >= 100_000);
            assertThat(index.prepare(10_000)).isTrue();
            long before = index.bytes();
            for (int row = 0; row < keys; row++) {
                index.add(hash(row), row, KeyIndex.NONE);
            }
            if (keys >= 100_000) {
                assertThat(index.bytes()).isLessThan(before + keys * 4L + (64 << 10) + 1);
            }
            for (int row = 0; row < keys; row += 7) {
                int wanted = row;
                assertThat(index.newest(hash(row), keys, candidate -> candidate == wanted))
                        .isEqualTo(row);
            }
        }
    }

    /** The index has grown, and been divided, since it was looked through. */
    @Test
    void aRowFollowsAnotherWhereverThatIsSaidToBe() {
        int keys = 60_000;
        KeyIndex index = new KeyIndex();
        int[] said = new int[keys];
        int[] hash = new int[1];
        int[] rows = new int[1];
        int[] slots = new int[1];
        for (int row = 0; row < keys; row++) {
            index.add(hash(row), row, KeyIndex.NONE);
            hash[0] = hash(row);
            index.candidates(hash, 1, row + 1, rows, slots);
            said[row] = slots[0];
        }
        for (int key = 0; key < keys; key++) {
            int row = keys + key;
            index.add(hash(key), row, key, said[key]);
            assertThat(index.older(row)).isEqualTo(key);
        }
        int moved = 0;
        for (int key = 0; key < keys; key++) {
            int wanted = key;
            assertThat(index.newest(hash(key), 2 * keys, row -> row % keys == wanted))
                    .isEqualTo(keys + key);
            assertThat(index.newest(hash(key), keys, row -> row == wanted)).isEqualTo(key);
            hash[0] = hash(key);
            index.candidates(hash, 1, 2 * keys, rows, slots);
            moved += slots[0] == said[key] ? 0 : 1;
        }
        assertThat(moved).isBetween(1, keys - 1);
        index.add(hash(keys), 2 * keys, KeyIndex.NONE, 0);
        assertThat(index.newest(hash(keys), 2 * keys + 1, row -> row == 2 * keys))
                .isEqualTo(2 * keys);
    }
}
