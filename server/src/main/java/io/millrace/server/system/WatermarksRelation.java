package io.millrace.server.system;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.StreamStatus;
import io.millrace.executor.metrics.WatermarkStatus;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** {@code sys.watermarks}: how far the time of every stream that is in use has come, and what it waits for. */
final class WatermarksRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "watermarks",
            List.of(
                    SystemRelation.text("name"),
                    SystemRelation.number("row_count"),
                    SystemRelation.optional(SystemRelation.time("watermark")),
                    SystemRelation.text("held_by"),
                    SystemRelation.number("late_rows"),
                    SystemRelation.number("future_rows"),
                    SystemRelation.number("null_time_rows"),
                    SystemRelation.optional(SystemRelation.time("next_window"))));

    private final StreamEngine engine;
    private final CatalogStore catalog;

    WatermarksRelation(StreamEngine engine, CatalogStore catalog) {
        this.engine = engine;
        this.catalog = catalog;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (StreamDefinition stream : catalog.current().streams()) {
            if (catalog.failure(stream.id()) != null) {
                continue;
            }
            try {
                add(rows, stream);
            } catch (MillraceException dropped) { // between our look at the catalog and this one
                if (dropped.code() != ErrorCode.UNDEFINED_OBJECT) {
                    throw dropped;
                }
            }
        }
    }

    private void add(SystemRows rows, StreamDefinition stream) {
        StreamStatus status = engine.status(stream.id());
        WatermarkStatus time = engine.watermark(stream.id());
        rows.add(
                stream.name(),
                status.rows(),
                SystemRelation.millis(time.watermark()),
                time.holder().toString(),
                status.lateRows(),
                status.futureRows(),
                status.nullTimeRows(),
                time.nextWindowEnd() == Long.MAX_VALUE ? null : SystemRelation.millis(time.nextWindowEnd()));
    }
}
