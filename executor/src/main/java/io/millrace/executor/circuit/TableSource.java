package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.function.EvaluationContext;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.table.TableVersion;
import io.millrace.plan.Expression;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a table at a version: all of them, or the one that has a key. */
final class TableSource implements BatchSource {
    private static final ColumnBatch ONE_ROW = new ColumnBatch(1, List.of());

    private @Nullable TableRows rows;
    private @Nullable Batch found;

    TableSource(TableScan scan, TableVersion version, EvaluationContext context) {
        if (scan.key().isEmpty()) {
            rows = version.scan(scan.columns());
        } else {
            found = find(scan, version, new ExpressionCompiler(context));
        }
    }

    private static @Nullable Batch find(TableScan scan, TableVersion version, ExpressionCompiler compiler) {
        List<Column> key = new ArrayList<>();
        for (Expression part : scan.key()) {
            Column value = compiler.compile(part).evaluate(ONE_ROW, null);
            if (value.isNull(0)) {
                return null;
            }
            key.add(value);
        }
        return version.find(key, scan.columns());
    }

    @Override
    public @Nullable Batch next() {
        if (rows != null) {
            return rows.next();
        }
        Batch only = found;
        found = null;
        return only;
    }

    @Override
    public void close() {
        rows = null;
        found = null;
    }
}
