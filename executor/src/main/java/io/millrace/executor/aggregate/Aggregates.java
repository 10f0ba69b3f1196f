package io.millrace.executor.aggregate;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All aggregates of an operator, over the groups of tables whose records hold their words after the key words.
 *
 * <p>The result over some rows is the same, bit for bit, however they came and whatever came and went with them.
 */
public final class Aggregates {
    private final List<AggregateCall> calls;
    private final List<Accumulator> accumulators = new ArrayList<>();
    /** Of those calls that count equal values once. */
    private final @Nullable DistinctValues[] distinct;
    /** The same where values may be taken away. */
    private final @Nullable DistinctWeights[] weighted;

    private final int keyWords;
    private final int words;
    private final int sides;

    private final int[] keptRows = new int[Column.MAX_ROWS];
    private final int[] keptGroups = new int[Column.MAX_ROWS];
    private final KeyWords mergeKeys;
    private final int[] mergeGroups = new int[Column.MAX_ROWS];

    /**
     * @param inputTypes of the columns that the calls refer to
     * @param use what is done with the groups
     */
    public Aggregates(
            List<AggregateCall> calls, List<DataType> inputTypes, int keyWords, StringInterner interner, Use use) {
        boolean changing = use == Use.CHANGED;
        this.calls = List.copyOf(calls);
        this.keyWords = keyWords;
        distinct = new DistinctValues[calls.size()];
        weighted = new DistinctWeights[calls.size()];
        AccumulatorFactory factory = new AccumulatorFactory(inputTypes, interner, changing);
        int offset = keyWords;
        int slots = 0;
        for (AggregateCall call : calls) {
            Integer argument = call.argument();
            boolean countsOnce = call.distinct() && !call.function().keepsValues();
            if (countsOnce && argument != null && use == Use.MERGED) {
                Accumulator taken = factory.accumulator(call, offset + OrderedValues.WORDS, slots + 1);
                accumulators.add(new DistinctAccumulator(offset, slots, inputTypes.get(argument), taken, interner));
                offset += OrderedValues.WORDS + taken.words();
                slots += taken.hasSide() ? 2 : 1;
                continue;
            }
            if (countsOnce && argument != null && changing) {
                weighted[accumulators.size()] = new DistinctWeights(offset, inputTypes.get(argument), interner);
                offset += DistinctWeights.WORDS;
            } else if (countsOnce && argument != null) {
                distinct[accumulators.size()] = new DistinctValues(offset, inputTypes.get(argument), interner);
                offset += DistinctValues.WORDS;
            }
            Accumulator accumulator = factory.accumulator(call, offset, slots);
            accumulators.add(accumulator);
            offset += accumulator.words();
            slots += accumulator.hasSide() ? 1 : 0;
        }
        words = offset - keyWords;
        sides = slots;
        mergeKeys = new KeyWords(keyWords);
    }

    /** What is done with the groups of tables: of those that DISTINCT calls are over, there may be one only unless they are merged. */
    public enum Use {
        /** Rows are added; no group goes. */
        KEPT,
        /** Rows are added; groups come and go, and take in those of other tables. */
        MERGED,
        /** Rows may be taken away: batches may have weights; groups come and go. */
        CHANGED
    }

    public GroupTable newTable() {
        return newTable(0);
    }

    /** @param more words of each record that are the caller's, after those of the aggregates */
    public GroupTable newTable(int more) {
        return new GroupTable(keyWords, words + more, sides);
    }

    /** Adds row {@code rows[i]}, as often as its weight says, to {@code groups[i]}, in order, for the first {@code count}. */
    public void add(GroupTable table, int[] groups, Batch batch, int[] rows, int count) {
        long[] weights = batch.weights();
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            Column argument = call.argument() == null ? null : batch.column(call.argument());
            Column filter = call.filter() == null ? null : batch.column(call.filter());
            Accumulator accumulator = accumulators.get(i);
            boolean dropsNulls = argument != null && argument.hasNulls() && !accumulator.countsNulls();
            if (filter == null && !dropsNulls && distinct[i] == null && weighted[i] == null) {
                accumulator.add(table, groups, batch, argument, rows, count, weights);
                continue;
            }
            int kept = keep(filter, dropsNulls ? argument : null, groups, rows, count);
            if (argument == null) {
                accumulator.add(table, keptGroups, batch, null, keptRows, kept, weights);
            } else {
                addDistinct(i, table, batch, argument, kept, weights);
            }
        }
    }

    /** Adds the kept rows; of those that are equal, one, if the call says so. */
    private void addDistinct(
            int i, GroupTable table, Batch batch, Column argument, int count, long @Nullable [] weights) {
        DistinctValues values = distinct[i];
        DistinctWeights counts = weighted[i];
        int kept = count;
        long[] keptWeights = weights;
        if (values != null) {
            kept = values.keepNew(table, argument, keptGroups, keptRows, count);
        } else if (counts != null) {
            kept = counts.keepTurned(table, argument, keptGroups, keptRows, count, weights);
            keptWeights = counts.turned();
        }
        accumulators.get(i).add(table, keptGroups, batch, argument, keptRows, kept, keptWeights);
    }

    /**
     * Drops some groups of a table, with all that is held for them; the others, in their order, are numbered again. Not while
     * {@link #pieces} are being saved.
     */
    public void compact(GroupTable table, BitSet dead) {
        for (Accumulator accumulator : accumulators) {
            for (int group = dead.nextSetBit(0); accumulator.hasSide() && group >= 0; ) {
                accumulator.forget(table, group);
                group = dead.nextSetBit(group + 1);
            }
        }
        for (int i = 0; i < calls.size(); i++) {
            DistinctWeights counts = weighted[i];
            if (counts != null) {
                counts.forget(table, dead);
            } else if (distinct[i] != null) {
                throw MillraceException.internal("groups with DISTINCT calls cannot be dropped without weights");
            }
        }
        table.compact(dead);
    }

    /** Adds all groups of one table to another's. */
    public void merge(GroupTable from, GroupTable into) {
        for (int first = 0; first < from.size(); first += Column.MAX_ROWS) {
            int count = Math.min(Column.MAX_ROWS, from.size() - first);
            mergeKeys.load(from, first, count);
            into.findOrAdd(mergeKeys, count, mergeGroups);
            for (Accumulator accumulator : accumulators) {
                accumulator.merge(from, first, into, mergeGroups, count);
            }
        }
    }

    /** Adds one group of a table to a group of another. */
    public void merge(GroupTable from, int group, GroupTable into, int intoGroup) {
        mergeGroups[0] = intoGroup;
        for (Accumulator accumulator : accumulators) {
            accumulator.merge(from, group, into, mergeGroups, 1);
        }
    }

    /** Adds the result columns of {@code count} groups, beginning at {@code groups[from]}. */
    public void results(GroupTable table, int[] groups, int from, int count, List<Column> out) {
        table.touch(groups, from, count);
        for (int i = 0; i < calls.size(); i++) {
            out.add(result(i, table, groups, from, count));
        }
    }

    Column result(int call, GroupTable table, int[] groups, int from, int count) {
        ColumnBuilder builder = ColumnBuilder.of(calls.get(call).type(), count);
        for (int k = from; k < from + count; k++) {
            accumulators.get(call).result(table, groups[k], builder);
        }
        return builder.build();
    }

    /** Writes what is held of {@code count} groups, beginning at {@code groups[from]}, but for what {@link #pieces} have. */
    public void save(GroupTable table, int[] groups, int from, int count, StateWriter out) {
        for (int call = 0; call < calls.size(); call++) {
            Accumulator accumulator = accumulators.get(call);
            int own = ownWords(call);
            for (int i = from; i < from + count; i++) {
                int group = groups[i];
                out.numbers(table.page(group), table.at(group) + accumulator.offset - own, own);
                accumulator.save(table, group, out);
            }
        }
    }

    /** Reads what was written of the first {@code count} groups, in the place of what is held of them. */
    public void restore(GroupTable table, int[] groups, int count, StateReader in) {
        for (int call = 0; call < calls.size(); call++) {
            Accumulator accumulator = accumulators.get(call);
            int own = ownWords(call);
            for (int i = 0; i < count; i++) {
                int group = groups[i];
                if (own > 0) {
                    in.numbers(table.page(group), table.at(group) + accumulator.offset - own, own);
                }
                accumulator.restore(table, group, in);
            }
        }
    }

    /** How many words a call has before those of its accumulator. */
    private int ownWords(int call) {
        return distinct[call] != null ? DistinctValues.WORDS : weighted[call] != null ? DistinctWeights.WORDS : 0;
    }

    /** What is held beside the groups, and is saved by itself; none of it when groups of several tables are merged. */
    public List<SavedPieces> pieces() {
        List<SavedPieces> pieces = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            DistinctValues values = distinct[i];
            DistinctWeights counts = weighted[i];
            if (values != null) {
                pieces.add(values.pieces());
            } else if (counts != null) {
                pieces.add(counts.pieces());
            }
        }
        return pieces;
    }

    /** How many words of a record the aggregates have, after the key words. */
    public int words() {
        return words;
    }

    /** How many accumulators may hold something beside the records. */
    int sides() {
        return sides;
    }

    /** Keeps the long strings that accumulators refer to over the next sweep. */
    public void mark(GroupTable table, StringInterner interner) {
        for (Accumulator accumulator : accumulators) {
            accumulator.mark(table, interner);
        }
        for (DistinctValues values : distinct) {
            if (values != null) {
                values.mark(interner);
            }
        }
        for (DistinctWeights values : weighted) {
            if (values != null) {
                values.mark(interner);
            }
        }
    }

    /** The bytes held besides the tables. */
    public long bytes() {
        long bytes = 0;
        for (DistinctValues values : distinct) {
            bytes += values == null ? 0 : values.bytes();
        }
        for (DistinctWeights values : weighted) {
            bytes += values == null ? 0 : values.bytes();
        }
        return bytes;
    }

    private int keep(@Nullable Column filter, @Nullable Column argument, int[] groups, int[] rows, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            boolean passes = filter == null || (!filter.isNull(row) && ((LongColumn) filter).get(row) != 0);
            keptRows[kept] = row;
            keptGroups[kept] = groups[i];
            kept += passes && (argument == null || !argument.isNull(row)) ? 1 : 0;
        }
        return kept;
    }
}
