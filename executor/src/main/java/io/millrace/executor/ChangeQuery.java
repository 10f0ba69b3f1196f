package io.millrace.executor;

import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.table.TableChange;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Computes changes by a query, on the thread that asks for them. */
public final class ChangeQuery {
    private final StreamEngine engine;
    private final PlanNode root;
    private final List<OutputColumn> output;
    private final QueryOptions options;
    private final long maxBytes;
    private final EngineClock clock;

    ChangeQuery(
            StreamEngine engine,
            PlanNode root,
            List<OutputColumn> output,
            QueryOptions options,
            long maxBytes,
            EngineClock clock) {
        this.engine = engine;
        this.root = root;
        this.output = output;
        this.options = options;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /** Rows that the query gives. */
    public record NewRows(List<Column> columns, int count) {}

    /**
     * The rows for an INSERT.
     *
     * @param columns for each column of the target its column in the query, or -1: its default value
     */
    public NewRows rows(StoredRelation target, List<Integer> columns) {
        return insert(target, columns, engine.pin(root));
    }

    /** As {@link #rows}, but a table that is read as well is read as it was before the statement. */
    public TableChange insert(TableDefinition table, List<Integer> columns, TableVersion before) {
        NewRows rows = insert(table, columns, engine.pin(root).with(table.id(), before));
        return TableChange.insert(rows.columns(), rows.count());
    }

    private NewRows insert(StoredRelation target, List<Integer> columns, ReadPosition position) {
        RowAssembly assembly = new RowAssembly(target, columns, types(), clock, maxBytes);
        run(position, batch -> assembly.add(new ColumnBatch(batch.rowCount(), batch.columns())));
        return new NewRows(assembly.build(), assembly.size());
    }

    /**
     * The changes of an UPDATE, from a query that gives the numbers of rows first.
     *
     * @param columns for each column of the table its column in the query, -1: its default value, or -2: it stays
     */
    public TableChange update(TableDefinition table, List<Integer> columns, TableVersion before) {
        RowNumbers rows = new RowNumbers();
        RowAssembly assembly = new RowAssembly(table, columns, types(), clock, maxBytes);
        assembly.keepFrom(before);
        run(engine.pin(root).with(table.id(), before), batch -> {
            rows.add(batch);
            assembly.add(new ColumnBatch(batch.rowCount(), batch.columns()));
        });
        return TableChange.update(rows.build(), assembly.build());
    }

    /** The changes of a DELETE, from a query that gives the numbers of rows. */
    public TableChange delete(TableDefinition table, TableVersion before) {
        RowNumbers rows = new RowNumbers();
        run(engine.pin(root).with(table.id(), before), rows::add);
        return TableChange.delete(rows.build());
    }

    private List<io.millrace.plan.DataType> types() {
        return output.stream().map(OutputColumn::type).toList();
    }

    private void run(ReadPosition position, Consumer<ResultBatch> consumer) {
        try (ResultCursor cursor = engine.execute(
                root, output, false, StartPosition.BEGINNING, options.at(position), new InlineExecutor())) {
            while (!cursor.isFinished()) {
                ResultBatch batch = cursor.poll(Column.MAX_ROWS);
                if (batch == null) {
                    throw new MillraceException(ErrorCode.INTERNAL_ERROR, "a query on its own thread gave no rows");
                }
                consumer.accept(batch);
            }
        }
    }

    /** The numbers of rows that a query has given. */
    private static final class RowNumbers {
        private int[] numbers = new int[16];
        private int count;

        void add(ResultBatch batch) {
            long[] values = ((LongColumn) batch.columns().get(0)).values();
            if (numbers.length < count + batch.rowCount()) {
                numbers = Arrays.copyOf(numbers, Math.max(count + batch.rowCount(), numbers.length * 2));
            }
            for (int i = 0; i < batch.rowCount(); i++) {
                numbers[count++] = (int) values[i];
            }
        }

        int[] build() {
            return Arrays.copyOf(numbers, count);
        }
    }
}
