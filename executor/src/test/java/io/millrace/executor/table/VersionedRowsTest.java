package io.millrace.executor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionedRowsTest {
    /** Stands for NULL where a key is one. */
    private static final long NULL_KEY = 3;

    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);

    private static Column column(DataType type, @Nullable Object... values) {
        ColumnBuilder builder = ColumnBuilder.of(type);
        for (Object value : values) {
            builder.appendValue(value);
        }
        return builder.build();
    }

    private static Column numbers(long from, long to) {
        return column(BIGINT, LongStream.range(from, to).boxed().toArray());
    }

    private static Selection all(int count) {
        Selection selection = new Selection();
        for (int i = 0; i < count; i++) {
            selection.rows()[i] = i;
        }
        selection.count(count);
        return selection;
    }

    private static List<Long> seen(TableVersion version) {
        List<Long> seen = new ArrayList<>();
        TableRows rows = version.scan(List.of(0));
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            Selection selection = batch.selection();
            for (int i = 0; i < batch.selectedCount(); i++) {
                seen.add(((LongColumn) batch.column(0))
                        .get(selection == null ? i : selection.rows()[i]));
            }
        }
        return seen;
    }

    @Test
    void aVersionShowsItsOwnRowsWhateverComesAndGoesLater() {
        VersionedRows rows = new VersionedRows("t", List.of(BIGINT), new KeyColumns(List.of(0)), false);
        rows.append(List.of(numbers(0, 4)), all(4));
        TableVersion first = rows.version(1);
        rows.kill(rows.find(List.of(numbers(2, 3)), 0), 1);
        rows.append(List.of(numbers(9, 10)), all(1));
        TableVersion second = rows.version(2);
        assertThat(seen(first)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(seen(second)).containsExactly(0L, 1L, 3L, 9L);
        assertThat(rows.find(List.of(numbers(2, 3)), 0)).isEqualTo(VersionedRows.NONE);
        assertThat(rows.liveRows()).isEqualTo(4);
    }

    @Test
    void theKeyOfALivingRowIsRefusedAndThatOfADeadOneIsNot() {
        VersionedRows rows = new VersionedRows("t", List.of(BIGINT), new KeyColumns(List.of(0)), false);
        rows.append(List.of(numbers(1, 2)), all(1));
        assertThatThrownBy(() -> rows.append(List.of(numbers(1, 2)), all(1))).isInstanceOf(MillraceException.class);
        rows.kill(rows.find(List.of(numbers(1, 2)), 0), 3);
        assertThatThrownBy(() -> rows.kill(0, 3)).hasMessageContaining("dead already");
        rows.append(List.of(numbers(1, 2)), all(1));
        assertThat(seen(rows.version(4))).containsExactly(1L);
    }

    /** Rows are random, but the same in each run. */
    @Test
    void clearingAwayTheDeadChangesNoVersionAndFindsTheLiving() {
        VersionedRows rows = new VersionedRows("t", List.of(BIGINT), new KeyColumns(List.of(0)), false);
        TreeMap<Long, List<Long>> expected = new TreeMap<>();
        List<TableVersion> versions = new ArrayList<>();
        boolean wasCompacted = false;
        for (long round = 0; round < 6; round++) {
            long from = round * 3_000;
            rows.append(List.of(numbers(from, from + 3_000)), all(3_000));
            for (long gone = from - 2_999; gone < from && gone >= 0; gone += 1 + gone % 2) {
                int row = rows.find(List.of(numbers(gone, gone + 1)), 0);
                assertThat(row).isNotEqualTo(VersionedRows.NONE);
                rows.kill(row, round);
            }
            versions.add(rows.version(round + 1));
            expected.put(round, seen(versions.get(versions.size() - 1)));
            wasCompacted |= rows.compactIfDue(0.2);
            assertThat(seen(rows.version(round + 1))).isEqualTo(expected.get(round));
        }
        assertThat(wasCompacted).isTrue();
        for (int round = 0; round < versions.size(); round++) {
            assertThat(seen(versions.get(round))).as("round %d", round).isEqualTo(expected.get((long) round));
        }
    }

    /** Random, but the same in each run; against a map of what each key has. Without room all are moved at once. */
    @ParameterizedTest
    @CsvSource({"100, 20000, 5", "50, 20000, 5", "0, 20000, 5", "100, 80000, 1"})
    void rowsThatMoveBitByBitAreFoundAndSeenAllTheWhile(int percentOfRoom, int keyCount, int leastCompactions) {
        Random random = new Random(7);
        VersionedRows rows = new VersionedRows("t", List.of(BIGINT, BIGINT), new KeyColumns(List.of(0)), false);
        Map<Long, Long> values = new HashMap<>();
        List<TableVersion> versions = new ArrayList<>();
        List<Set<List<Long>>> expected = new ArrayList<>();
        int compactions = 0;
        for (int position = 0; position < 900; position++) {
            int count = 1 + random.nextInt(keyCount / 50);
            Set<Long> keys = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                keys.add((long) random.nextInt(keyCount));
            }
            List<Column> batch = List.of(
                    column(BIGINT, keys.stream().map(VersionedRowsTest::orNull).toArray()),
                    column(BIGINT, keys.stream().map(key -> random.nextLong()).toArray()));
            Selection come = new Selection();
            int row = 0;
            int part = 1 + random.nextInt(400);
            for (long key : keys) {
                if (row % part == 0) {
                    rows.appendFound(batch, come);
                    come.count(0);
                    rows.findAll(batch, row, Math.min(part, keys.size() - row));
                }
                int found = rows.found(row);
                assertThat(found != VersionedRows.NONE).isEqualTo(values.containsKey(key));
                if (found != VersionedRows.NONE) {
                    assertThat(((LongColumn) rows.columns(found).get(1)).get(VersionedRows.inBlock(found)))
                            .isEqualTo(values.remove(key));
                    rows.kill(found, position);
                }
                if (random.nextInt(4) > 0) {
                    values.put(key, ((LongColumn) batch.get(1)).get(row));
                    come.rows()[come.count()] = row;
                    come.count(come.count() + 1);
                }
                row++;
            }
            rows.appendFound(batch, come);
            rows.compactSome(0.3, 2L * count + 300, bytes -> random.nextInt(100) < percentOfRoom);
            TableVersion version = rows.version(position + 1);
            assertThat(version.compactions()).isBetween(compactions, compactions + 1);
            compactions = version.compactions();
            assertThat(version.rows()).isEqualTo(values.size());
            long key = random.nextInt(position % 5 == 0 ? 4 : keyCount);
            Batch one = version.find(List.of(column(BIGINT, orNull(key))), List.of(1));
            assertThat(one == null ? null : ((LongColumn) one.column(0)).get(0)).isEqualTo(values.get(key));
            if (position % 9 == 0) {
                versions.add(version);
                expected.add(values.entrySet().stream()
                        .map(entry -> List.of(entry.getKey(), entry.getValue()))
                        .collect(Collectors.toSet()));
            }
        }
        assertThat(compactions).isGreaterThan(leastCompactions);
        for (int i = 0; i < versions.size(); i++) {
            assertThat(pairs(versions.get(i))).as("version %d", i).isEqualTo(expected.get(i));
        }
    }

    /** As when memory runs out in the middle of it. */
    @Test
    void rowsThatCouldNotBeCopiedLeaveTheOthersAsTheyWere() {
        VersionedRows rows = new VersionedRows("t", List.of(BIGINT, BIGINT), new KeyColumns(List.of(0)), false);
        rows.append(List.of(numbers(0, 50), numbers(0, 50)), all(50));
        Column wrong = Columns.empty(DataType.of(DataType.Kind.DOUBLE));
        assertThatThrownBy(() -> rows.append(List.of(numbers(50, 150), wrong), all(100)))
                .isInstanceOf(ClassCastException.class);
        TableVersion before = rows.version(1);
        rows.kill(rows.find(List.of(numbers(7, 8)), 0), 1);
        assertThat(rows.version(2).rows()).isEqualTo(49);
        assertThat(pairs(rows.version(2))).hasSize(49).doesNotContain(List.of(7L, 7L));
        assertThat(pairs(before)).hasSize(50);
        rows.append(List.of(numbers(50, 150), numbers(1_050, 1_150)), all(100));
        assertThat(pairs(rows.version(3))).hasSize(149).contains(List.of(50L, 1_050L), List.of(149L, 1_149L));
        rows.findAll(List.of(numbers(40, 60)), 0, 20);
        for (int i = 0; i < 20; i++) {
            int found = rows.found(i);
            assertThat(((LongColumn) rows.columns(found).get(0)).get(VersionedRows.inBlock(found)))
                    .isEqualTo(40 + i);
        }
    }

    private static @Nullable Long orNull(long key) {
        return key == NULL_KEY ? null : key;
    }

    private static Set<List<Long>> pairs(TableVersion version) {
        Set<List<Long>> pairs = new HashSet<>();
        TableRows rows = version.scan(List.of(0, 1));
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            Selection selection = batch.selection();
            for (int i = 0; i < batch.selectedCount(); i++) {
                int row = selection == null ? i : selection.rows()[i];
                long key = batch.column(0).isNull(row) ? NULL_KEY : ((LongColumn) batch.column(0)).get(row);
                assertThat(pairs.add(List.of(key, ((LongColumn) batch.column(1)).get(row))))
                        .isTrue();
            }
        }
        return pairs;
    }

    @Test
    void byAKeyZerosAreOneAndAsRowsTheyAreTwo() {
        VersionedRows keyed = new VersionedRows("t", List.of(DOUBLE), new KeyColumns(List.of(0)), false);
        keyed.append(List.of(column(DOUBLE, 0.0)), all(1));
        assertThat(keyed.find(List.of(column(DOUBLE, -0.0)), 0)).isZero();
        VersionedRows whole = new VersionedRows("t", List.of(DOUBLE), KeyColumns.ofRows(1), false);
        whole.append(List.of(column(DOUBLE, 0.0, Double.NaN)), all(2));
        assertThat(whole.find(List.of(column(DOUBLE, -0.0)), 0)).isEqualTo(VersionedRows.NONE);
        assertThat(whole.find(List.of(column(DOUBLE, Double.NaN)), 0)).isEqualTo(1);
    }

    @Test
    void aRowThatIsCountedIsSeenSoOften() {
        VersionedRows rows = new VersionedRows("t", List.of(BIGINT, BIGINT.notNull()), KeyColumns.ofRows(1), true);
        rows.append(List.of(numbers(5, 7), column(BIGINT.notNull(), 3L, 1L)), all(2));
        assertThat(seen(rows.version(1))).containsExactlyInAnyOrder(5L, 5L, 5L, 6L);
    }
}
