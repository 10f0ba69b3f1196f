package io.millrace.executor.aggregate;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All aggregates of an operator, over the groups of tables whose records hold their words after the key words. With
 * DISTINCT calls there may be one table only, which is never cleared.
 */
public final class Aggregates {
    private final List<AggregateCall> calls;
    private final List<Accumulator> accumulators = new ArrayList<>();
    /** Of those calls that count equal values once. */
    private final @Nullable DistinctValues[] distinct;

    private final int keyWords;
    private final int words;

    private final int[] keptRows = new int[Column.MAX_ROWS];
    private final int[] keptGroups = new int[Column.MAX_ROWS];
    private final KeyWords mergeKeys;
    private final int[] mergeGroups = new int[Column.MAX_ROWS];

    /** @param inputTypes of the columns that the calls refer to */
    public Aggregates(List<AggregateCall> calls, List<DataType> inputTypes, int keyWords, StringInterner interner) {
        this.calls = List.copyOf(calls);
        this.keyWords = keyWords;
        distinct = new DistinctValues[calls.size()];
        int offset = keyWords;
        for (AggregateCall call : calls) {
            Integer argument = call.argument();
            if (call.distinct() && argument != null) {
                distinct[accumulators.size()] = new DistinctValues(inputTypes.get(argument), interner);
            }
            Accumulator accumulator = accumulator(call, inputTypes, offset, interner);
            accumulators.add(accumulator);
            offset += accumulator.words();
        }
        words = offset - keyWords;
        mergeKeys = new KeyWords(keyWords);
    }

    public GroupTable newTable() {
        return new GroupTable(keyWords, words);
    }

    /** Adds row {@code rows[i]} to {@code groups[i]}, in order, for the first {@code count}. */
    public void add(GroupTable table, int[] groups, Batch batch, int[] rows, int count) {
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            Column argument = call.argument() == null ? null : batch.column(call.argument());
            Column filter = call.filter() == null ? null : batch.column(call.filter());
            Accumulator accumulator = accumulators.get(i);
            DistinctValues values = distinct[i];
            boolean dropsNulls = argument != null && argument.hasNulls() && !accumulator.countsNulls();
            if (filter == null && !dropsNulls && values == null) {
                accumulator.add(table, groups, argument, rows, count);
                continue;
            }
            int kept = keep(filter, dropsNulls ? argument : null, groups, rows, count);
            if (values != null && argument != null) {
                kept = values.keepNew(argument, keptGroups, keptRows, kept);
            }
            accumulator.add(table, keptGroups, argument, keptRows, kept);
        }
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

    /** Adds the result columns of {@code count} groups, beginning at {@code groups[from]}. */
    public void results(GroupTable table, int[] groups, int from, int count, List<Column> out) {
        for (int i = 0; i < calls.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(calls.get(i).type());
            for (int k = from; k < from + count; k++) {
                accumulators.get(i).result(table, groups[k], builder);
            }
            out.add(builder.build());
        }
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
    }

    /** The bytes held besides the tables. */
    public long bytes() {
        long bytes = 0;
        for (DistinctValues values : distinct) {
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

    private static Accumulator accumulator(
            AggregateCall call, List<DataType> inputTypes, int offset, StringInterner interner) {
        if (call.function() == AggregateFunction.COUNT) {
            return new CountAccumulator(offset);
        }
        Integer argument = call.argument();
        if (argument == null) {
            throw MillraceException.internal(call.function() + " without an argument");
        }
        DataType type = inputTypes.get(argument);
        return switch (call.function()) {
            case SUM, AVG -> sum(call, type, offset);
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP ->
                new VarianceAccumulator(offset, call.function(), type, call.type());
            case BIT_AND, BIT_OR, BIT_XOR -> new BitAccumulator(offset, call.function());
            case SINGLE_VALUE -> new SingleValueAccumulator(offset, extremum(false, type, offset + 1, interner));
            default -> extremum(call.function() == AggregateFunction.MAX, type, offset, interner);
        };
    }

    private static Accumulator sum(AggregateCall call, DataType input, int offset) {
        boolean isAverage = call.function() == AggregateFunction.AVG;
        if (input.isApproximate()) {
            return new DoubleSumAccumulator(offset, isAverage);
        }
        if (input.kind() == DataType.Kind.DECIMAL) {
            boolean isWide = input.storage() == DataType.Storage.DECIMAL128;
            ExactResult result = isAverage
                    ? new ExactResult.DecimalAverage(input.scale(), call.type())
                    : new ExactResult.DecimalSum(call.type());
            return new ExactSumAccumulator(offset, isWide, result);
        }
        if (input.isInteger() || input.kind() == DataType.Kind.NULL) {
            return new ExactSumAccumulator(
                    offset, false, isAverage ? new ExactResult.DoubleAverage() : new ExactResult.BigintSum());
        }
        throw MillraceException.notSupported(call.function() + " of " + input, null);
    }

    private static Accumulator extremum(boolean isMax, DataType input, int offset, StringInterner interner) {
        return input.storage() == DataType.Storage.BYTES
                ? new StringExtremumAccumulator(offset, isMax, interner)
                : new ExtremumAccumulator(offset, isMax, input.storage());
    }
}
