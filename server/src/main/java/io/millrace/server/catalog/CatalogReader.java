package io.millrace.server.catalog;

import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.work.Waits;
import io.millrace.plan.Field;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.RowType;
import io.millrace.plan.StartPosition;
import io.millrace.plan.StreamScan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Reads a whole stream of the engine with a bounded query. */
final class CatalogReader {
    private CatalogReader() {}

    static List<ResultBatch> readAll(StreamEngine engine, StreamDefinition stream) {
        List<Field> fields = stream.columns().stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList();
        StreamScan scan = new StreamScan(
                stream.id(),
                stream.name(),
                IntStream.range(0, fields.size()).boxed().toList(),
                new RowType(fields));
        List<OutputColumn> output = fields.stream()
                .map(field -> new OutputColumn(field.name(), field.type()))
                .toList();
        List<ResultBatch> batches = new ArrayList<>();
        try (ResultCursor cursor = engine.execute(
                scan, output, false, StartPosition.BEGINNING, new QueryOptions("catalog", "server", 0, 0))) {
            while (!cursor.isFinished()) {
                ResultBatch batch = cursor.poll(Integer.MAX_VALUE);
                if (batch == null) {
                    await(cursor);
                } else {
                    batches.add(batch);
                }
            }
        }
        return batches;
    }

    private static void await(ResultCursor cursor) {
        CompletableFuture<Void> available = new CompletableFuture<>();
        cursor.onAvailable(() -> available.complete(null));
        Waits.join(available);
    }
}
