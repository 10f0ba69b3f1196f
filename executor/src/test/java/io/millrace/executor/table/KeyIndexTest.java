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

    /** The index may have grown since it was looked through. */
    @Test
    void aRowFollowsAnotherWhereverThatIsSaidToBe() {
        KeyIndex index = new KeyIndex();
        int[] hashes = new int[1];
        int[] rows = new int[1];
        int[] slots = new int[1];
        int row = 0;
        for (int key = 0; key < 3_000; key++) {
            index.add(hash(key), row++, KeyIndex.NONE);
            hashes[0] = hash(key / 2);
            index.candidates(hashes, 1, row, rows, slots);
            int before = rows[0];
            int said = key % 3 == 0 ? slots[0] : key % 3 == 1 ? slots[0] + 1 : Integer.MAX_VALUE;
            index.add(hashes[0], row, before, said);
            assertThat(index.older(row)).isEqualTo(before);
            assertThat(index.newest(hashes[0], row + 1, candidate -> true)).isEqualTo(row);
            assertThat(index.newest(hashes[0], row, candidate -> true)).isEqualTo(before);
            row++;
        }
        index.add(hash(3_000), row, KeyIndex.NONE, 0);
        assertThat(index.newest(hash(3_000), row + 1, candidate -> true)).isEqualTo(row);
    }
}
