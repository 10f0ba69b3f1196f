package io.millrace.server.connector;

import io.millrace.catalog.SinkDefinition;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.view.ResultBatch;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that are there when a sink begins, as the sink writes them. */
final class PresentRows {
    private static final String THERE = "+S";

    private final boolean hasEnvelope;
    private final long position;
    private final long time;

    PresentRows(SinkDefinition sink, long position, long time) {
        this.hasEnvelope = sink.hasEnvelope();
        this.position = position;
        this.time = time;
    }

    Batch of(ResultBatch rows) {
        int count = rows.rowCount();
        List<Column> columns = new ArrayList<>();
        if (hasEnvelope) {
            columns.add(constant(position, count));
            columns.add(constant(time, count));
            columns.add(Columns.constant(DataType.varchar(), THERE, count));
        }
        columns.addAll(rows.columns());
        return new ColumnBatch(count, columns);
    }

    private static LongColumn constant(long value, int rows) {
        long[] values = new long[rows];
        Arrays.fill(values, value);
        return new LongColumn(values, null, rows);
    }
}
