package io.millrace.executor.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.error.MillraceException;
import io.millrace.executor.aggregate.WeightedRows.Change;
import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.SideObjects;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A table of groups that have a number as their key, for tests. */
final class Groups {
    final List<AggregateCall> calls;
    private final StringInterner interner = new StringInterner();
    final Aggregates aggregates;
    private final KeyWords keys = new KeyWords(1);

    final SavedPieces pieces;

    GroupTable table;

    Groups(List<AggregateCall> calls, Aggregates.Use use) {
        this.calls = calls;
        aggregates = new Aggregates(calls, AccumulatorsTest.TYPES, 1, interner, use);
        table = aggregates.newTable();
        pieces = new SavedPieces(3, () -> table.size(), this::save, this::restore);
    }

    private void save(int[] groups, int size, StateWriter out) {
        out.count(size);
        for (int i = 0; i < size; i++) {
            out.number(table.page(groups[i])[table.at(groups[i])]);
        }
        aggregates.save(table, groups, 0, size, out);
    }

    private void restore(StateReader in) {
        long[] keysOfGroups = new long[in.count()];
        in.numbers(keysOfGroups, 0, keysOfGroups.length);
        aggregates.restore(table, groups(keysOfGroups), keysOfGroups.length, in);
    }

    List<SavedState> states() {
        List<SavedState> states = new ArrayList<>(List.of(pieces));
        states.addAll(aggregates.pieces());
        return states;
    }

    /** Of all groups that there may be. */
    List<List<Object>> results() {
        List<List<Object>> results = new ArrayList<>();
        for (int group = 0; group < AccumulatorsTest.GROUPS; group++) {
            List<Object> row = new ArrayList<>();
            for (int call = 0; call < calls.size(); call++) {
                row.add(result(group, call));
            }
            results.add(row);
        }
        return results;
    }

    void add(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        int[] groups = groups(changes.stream().mapToLong(Change::group).toArray());
        pieces.changing(groups, 0, groups.length);
        int[] rows = new int[changes.size()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        aggregates.add(table, groups, WeightedRows.of(AccumulatorsTest.TYPES, changes), rows, rows.length);
    }

    Object result(int group, int call) {
        int[] groups = groups(group);
        Column result;
        try {
            result = aggregates.result(call, table, groups, 0, 1);
        } catch (MillraceException e) {
            return "error";
        }
        return ColumnValues.value(result, 0, calls.get(call).type());
    }

    void drop(BitSet keysOfDead) {
        BitSet dead = new BitSet();
        keysOfDead.stream().forEach(key -> dead.set(groups(key)[0]));
        int size = table.size();
        aggregates.compact(table, dead);
        assertThat(table.size()).isEqualTo(size - dead.cardinality());
    }

    void sweep() {
        interner.beginMark();
        aggregates.mark(table, interner);
        interner.sweep();
    }

    void assertNothingIsHeld(String seed) {
        for (int group = 0; group < table.size(); group++) {
            long[] page = table.page(group);
            for (int word = 1; word <= aggregates.words(); word++) {
                assertThat(page[table.at(group) + word])
                        .as("%s: word %d", seed, word)
                        .isZero();
            }
        }
        for (int slot = 0; slot < aggregates.sides(); slot++) {
            if (table.side(slot) instanceof SideObjects<?> objects) {
                assertThat(objects.size()).as(seed).isZero();
            }
        }
    }

    private int[] groups(long... keysOfGroups) {
        GroupTable source = new GroupTable(1, 0);
        int[] groups = new int[keysOfGroups.length];
        for (int i = 0; i < groups.length; i++) {
            source.clear();
            source.page(source.onlyGroup())[source.at(0)] = keysOfGroups[i];
            keys.load(source, 0, 1);
            int[] found = new int[1];
            table.findOrAdd(keys, 1, found);
            groups[i] = found[0];
        }
        return groups;
    }
}
