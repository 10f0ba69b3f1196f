package io.millrace.executor.dataflow;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.table.KeyColumns;
import io.millrace.plan.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes of changes the rows that a subscriber is given. For one thread. */
final class ChangeRows {
    private static final int INSERT = 0;
    private static final int UPDATE_BEFORE = 1;
    private static final int UPDATE_AFTER = 2;
    private static final int DELETE = 3;
    private static final int THERE = 4;
    private static final String[] NAMES = {"+I", "-U", "+U", "-D", "+S"};

    private static final String SNAPSHOT = "+S";
    private static final String PROGRESS = "=P";

    private final boolean hasEnvelope;
    private final List<DataType> types;
    private final @Nullable KeyColumns key;

    /** @param types of the columns of the query */
    ChangeRows(boolean hasEnvelope, List<DataType> types, @Nullable List<Integer> key) {
        this.hasEnvelope = hasEnvelope;
        this.types = types;
        this.key = key == null ? null : new KeyColumns(key);
    }

    /**
     * A batch of rows that are there already.
     *
     * @param asInserts whether they are told as if they came now
     */
    Batch present(Batch rows, long position, long time, boolean asInserts) {
        List<Column> columns = new ArrayList<>();
        envelope(columns, rows.rowCount(), position, time, asInserts ? NAMES[INSERT] : SNAPSHOT);
        for (int i = 0; i < types.size(); i++) {
            columns.add(rows.column(i));
        }
        return new ColumnBatch(rows.rowCount(), columns, rows.selection());
    }

    Batch progress(long position, long time) {
        List<Column> columns = new ArrayList<>();
        envelope(columns, 1, position, time, PROGRESS);
        types.forEach(type -> columns.add(Columns.nulls(type, 1)));
        return new ColumnBatch(1, columns);
    }

    private void envelope(List<Column> columns, int rows, long position, long time, String operation) {
        if (hasEnvelope) {
            columns.add(constant(position, rows));
            columns.add(constant(time, rows));
            columns.add(Columns.constant(DataType.varchar(), operation, rows));
        }
    }

    private static LongColumn constant(long value, int rows) {
        long[] values = new long[rows];
        Arrays.fill(values, value);
        return new LongColumn(values, null, rows);
    }

    /** Gives the rows of a batch of a consolidated delta. */
    void changes(ColumnBatch batch, long position, long time, Consumer<Batch> out) {
        int rows = batch.rowCount();
        long[] weights = batch.weights();
        int[] operations = new int[rows];
        boolean isPlain = true;
        for (int row = 0; row < rows; row++) {
            long weight = weights == null ? 1 : weights[row];
            isPlain &= weight == 1 || (hasEnvelope && weight == -1);
            operations[row] = weight > 0 ? INSERT : DELETE;
            if (row > 0 && operations[row] == INSERT && operations[row - 1] == DELETE && isPair(batch, row)) {
                operations[row - 1] = UPDATE_BEFORE;
                operations[row] = UPDATE_AFTER;
            }
        }
        if (isPlain) {
            out.accept(batch(batch.columns(), rows, operations, position, time));
        } else {
            repeated(batch, operations, position, time, out);
        }
    }

    /** Gives the rows of a batch of a delta that tells what is there. */
    void there(ColumnBatch batch, long position, long time, Consumer<Batch> out) {
        int[] operations = new int[batch.rowCount()];
        Arrays.fill(operations, THERE);
        repeated(batch, operations, position, time, out);
    }

    private boolean isPair(ColumnBatch batch, int row) {
        return key != null && key.equal(batch.columns(), row - 1, key, batch.columns(), row);
    }

    /** Rows that come or go several times are given as often; without the envelope only what comes is given. */
    private void repeated(ColumnBatch batch, int[] operations, long position, long time, Consumer<Batch> out) {
        ColumnBuilder[] builders = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
        int[] given = new int[Column.MAX_ROWS];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            long weight = batch.weights() == null ? 1 : batch.weights()[row];
            long times = hasEnvelope ? Math.abs(weight) : Math.max(0, weight);
            for (long i = 0; i < times; i++) {
                for (int column = 0; column < builders.length; column++) {
                    builders[column].append(batch.column(column), row);
                }
                given[count++] = operations[row];
                if (count == Column.MAX_ROWS) {
                    out.accept(batch(build(builders), count, given, position, time));
                    count = 0;
                }
            }
        }
        if (count > 0) {
            out.accept(batch(build(builders), count, given, position, time));
        }
    }

    private static List<Column> build(ColumnBuilder[] builders) {
        return Arrays.stream(builders).map(ColumnBuilder::build).toList();
    }

    private Batch batch(List<Column> rows, int count, int[] operations, long position, long time) {
        if (!hasEnvelope) {
            return new ColumnBatch(count, rows);
        }
        byte[] names = new byte[2 * count];
        int[] offsets = new int[count + 1];
        for (int row = 0; row < count; row++) {
            byte[] name = NAMES[operations[row]].getBytes(StandardCharsets.US_ASCII);
            names[2 * row] = name[0];
            names[2 * row + 1] = name[1];
            offsets[row + 1] = 2 * row + 2;
        }
        List<Column> columns = new ArrayList<>(rows.size() + 3);
        columns.add(constant(position, count));
        columns.add(constant(time, count));
        columns.add(new StringColumn(names, offsets, null, count));
        columns.addAll(rows);
        return new ColumnBatch(count, columns);
    }
}
