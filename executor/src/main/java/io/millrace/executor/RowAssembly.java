package io.millrace.executor;

import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.function.ColumnAssignment;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts rows of a stream or table together from what a query gives, default values, and what stays. For one thread. */
final class RowAssembly {
    private static final int KEPT = -2;

    private final StoredRelation target;
    private final List<Integer> columns;
    private final ColumnAssignment assignment;
    private final List<ColumnBuilder> builders;
    private final long maxBytes;

    private @Nullable TableVersion before;
    private int size;

    /**
     * @param columns for each column of the target its column in the source, -1: its default value, or -2: it stays
     * @param source the types of what the query gives
     */
    RowAssembly(StoredRelation target, List<Integer> columns, List<DataType> source, EngineClock clock, long maxBytes) {
        this.target = target;
        this.columns = columns;
        this.maxBytes = maxBytes;
        long now = clock.epochMicros();
        List<Field> fields = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) != KEPT) {
                fields.add(new Field(target.columnName(i), target.columnType(i)));
                values.add(value(i, columns.get(i), source));
            }
        }
        assignment = new ColumnAssignment(fields, values, () -> now);
        builders = target.columnTypes().stream().map(ColumnBuilder::of).toList();
    }

    private Expression value(int column, int place, List<DataType> source) {
        if (place >= 0) {
            return new ColumnReference(place, source.get(place));
        }
        Expression value =
                target instanceof TableDefinition table ? table.defaults().get(column) : null;
        return value == null ? new Constant(null, target.columnType(column).withNullable(true)) : value;
    }

    /** Tells where the columns that stay come from: rows of a version, whose numbers the source gives first. */
    void keepFrom(TableVersion version) {
        before = version;
    }

    void add(Batch batch) {
        List<Column> assigned = assignment.assign(batch);
        int next = 0;
        long bytes = 0;
        for (int i = 0; i < builders.size(); i++) {
            if (columns.get(i) == KEPT) {
                keep(i, (LongColumn) batch.column(0), batch.rowCount());
            } else {
                builders.get(i).appendAll(assigned.get(next++), null);
            }
            bytes += builders.get(i).sizeBytes();
        }
        size += batch.rowCount();
        if (bytes > maxBytes) {
            throw new MillraceException(
                            ErrorCode.OUT_OF_MEMORY,
                            "the statement changes more than its limit of " + (maxBytes >> 20) + " MB of rows")
                    .withHint("Change fewer rows at a time, or raise the server's setting query.memory.");
        }
    }

    private void keep(int column, LongColumn rows, int count) {
        TableVersion version = before;
        if (version == null) {
            throw MillraceException.internal("nothing to keep");
        }
        for (int i = 0; i < count; i++) {
            version.copy((int) rows.get(i), column, builders.get(column));
        }
    }

    int size() {
        return size;
    }

    List<Column> build() {
        return builders.stream().map(ColumnBuilder::build).toList();
    }
}
