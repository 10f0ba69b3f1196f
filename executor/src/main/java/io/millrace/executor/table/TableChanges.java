package io.millrace.executor.table;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Changes as the log of a table holds them, one row each; the position of a change is the number of its row.
 *
 * <pre>
 * | columns of the table … | weight: +1 came, -1 went | birth: of what went, the position at which it came; else -1 |
 * </pre>
 *
 * Gathers the changes of statements for one append. For one thread.
 */
final class TableChanges {
    private static final DataType WEIGHT = DataType.of(DataType.Kind.TINYINT).notNull();
    private static final DataType BIRTH = DataType.of(DataType.Kind.BIGINT).notNull();
    private static final long NOT_BORN = -1;

    private final int columnCount;
    private final List<ColumnBuilder> builders;
    private int size;

    TableChanges(TableDefinition table) {
        columnCount = table.columns().size();
        builders = Stream.concat(table.columnTypes().stream(), Stream.of(WEIGHT, BIRTH))
                .map(ColumnBuilder::of)
                .toList();
    }

    /** What the log of a table looks like to those who keep logs. */
    static StreamDefinition log(TableDefinition table) {
        List<ColumnDefinition> columns = new ArrayList<>(table.columns());
        columns.add(new ColumnDefinition("$weight", WEIGHT));
        columns.add(new ColumnDefinition("$birth", BIRTH));
        return new StreamDefinition(table.id(), table.name(), columns, null, Map.of(), table.sql());
    }

    int size() {
        return size;
    }

    /** Adds what a statement is about to do to the rows of a store. */
    void add(TableChange change, RowStore rows) {
        for (int row : change.removed()) {
            List<Column> source = rows.columns(row);
            for (int i = 0; i < columnCount; i++) {
                builders.get(i).append(source.get(i), VersionedRows.inBlock(row));
            }
            end(-1, rows.birth(row));
        }
        for (int i = 0; i < change.added().size(); i++) {
            appendFirst(builders.get(i), change.added().get(i), change.addedRows());
        }
        for (int i = 0; i < change.addedRows(); i++) {
            end(1, NOT_BORN);
        }
    }

    private static void appendFirst(ColumnBuilder builder, Column column, int rows) {
        if (rows == column.size()) {
            builder.appendAll(column, null);
            return;
        }
        for (int row = 0; row < rows; row++) {
            builder.append(column, row);
        }
    }

    private void end(long weight, long birth) {
        builders.get(columnCount).appendLong(weight);
        builders.get(columnCount + 1).appendLong(birth);
        size++;
    }

    /** Forgets all changes but the first, after a statement that failed half way. */
    void truncate(int newSize) {
        builders.forEach(builder -> builder.truncate(Math.min(newSize, builder.size())));
        size = newSize;
    }

    /** Hands the changes over; none are left. */
    List<Column> build() {
        size = 0;
        return builders.stream().map(ColumnBuilder::build).toList();
    }

    /**
     * Repeats the changes of a block of the log.
     *
     * @return false when a row went that is not there
     */
    static boolean replay(Batch block, int columnCount, RowStore into) {
        long[] weights = ((LongColumn) block.column(columnCount)).values();
        List<Column> columns = new ArrayList<>(columnCount);
        for (int i = 0; i < columnCount; i++) {
            columns.add(block.column(i));
        }
        Selection run = new Selection();
        for (int row = 0; row < block.rowCount(); ) {
            int from = row;
            while (row < block.rowCount() && weights[row] > 0) {
                run.rows()[row - from] = row;
                row++;
            }
            run.count(row - from);
            into.replayBirths(columns, run);
            for (; row < block.rowCount() && weights[row] < 0; row++) {
                long birth = ((LongColumn) block.column(columnCount + 1)).get(row);
                if (!into.replayDeath(birth)) {
                    return false;
                }
            }
        }
        return true;
    }
}
