package io.millrace.server.system;

import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.SinkStatus;
import io.millrace.server.connector.Sinks;
import java.util.List;

/** {@code sys.sinks}: every sink, and how far it has come. */
final class SinksRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "sinks",
            List.of(
                    SystemRelation.number("id"),
                    SystemRelation.text("name"),
                    SystemRelation.optional(SystemRelation.number("last_position")),
                    SystemRelation.number("file_count"),
                    SystemRelation.number("row_count"),
                    SystemRelation.text("state"),
                    SystemRelation.optional(SystemRelation.text("error")),
                    SystemRelation.text("inputs"),
                    SystemRelation.text("definition")));

    private final CatalogStore catalog;
    private final Sinks sinks;

    SinksRelation(CatalogStore catalog, Sinks sinks) {
        this.catalog = catalog;
        this.sinks = sinks;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (SinkDefinition sink : catalog.current().sinks()) {
            SinkStatus status = sinks.status(sink.id());
            rows.add(
                    sink.id(),
                    sink.name(),
                    status == null || status.position() < 0 ? null : status.position(),
                    status == null ? 0L : status.files(),
                    status == null ? 0L : status.rows(),
                    status == null ? "starting" : status.state(),
                    status == null ? null : status.error(),
                    String.join(", ", sink.reads()),
                    sink.sql());
        }
    }
}
