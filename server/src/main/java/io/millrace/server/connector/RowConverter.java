package io.millrace.server.connector;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import io.millrace.executor.function.EvaluationContext;
import io.millrace.executor.function.TextAssignment;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import java.util.List;

/**
 * Converts rows of text to a stream's types, a column at a time. Only when a column fails are its rows tried one by one, to
 * find those that do.
 */
final class RowConverter {
    private final TextAssignment assignment;
    private final Selection single = new Selection(1);

    RowConverter(StreamDefinition stream, EvaluationContext context) {
        List<Field> fields = stream.columns().stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList();
        assignment = new TextAssignment(fields, context);
        single.count(1);
    }

    /** Whether every text is a row, so that none can fail. */
    static boolean acceptsAll(StreamDefinition stream) {
        return stream.columnTypes().stream()
                .allMatch(type -> type.kind() == DataType.Kind.VARCHAR
                        && type.precision() == DataType.UNLIMITED
                        && type.nullable());
    }

    /** Takes the reason for which a row cannot be converted. */
    interface FailureListener {
        void failed(int row, String reason);
    }

    /**
     * Converts at most {@link Column#MAX_ROWS} rows.
     *
     * @return the columns without the rows that failed
     */
    List<Column> convert(List<Column> texts, int rowCount, FailureListener failures) {
        try {
            return assignment.assign(texts, rowCount);
        } catch (MillraceException someRowFails) {
            Selection good = goodRows(texts, rowCount, failures);
            return assignment.assign(gather(texts, good), good.count());
        }
    }

    private Selection goodRows(List<Column> texts, int rowCount, FailureListener failures) {
        Selection good = new Selection(rowCount);
        int count = 0;
        for (int row = 0; row < rowCount; row++) {
            single.rows()[0] = row;
            try {
                assignment.assign(gather(texts, single), 1);
                good.rows()[count++] = row;
            } catch (MillraceException reason) {
                failures.failed(row, reason.primary());
            }
        }
        good.count(count);
        return good;
    }

    private static List<Column> gather(List<Column> columns, Selection selection) {
        return columns.stream().map(column -> Columns.gather(column, selection)).toList();
    }
}
