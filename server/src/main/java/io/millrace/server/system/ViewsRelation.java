package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sys.views}: every view, what it reads and what it means. */
final class ViewsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "views",
            List.of(
                    SystemRelation.number("id"),
                    SystemRelation.text("name"),
                    SystemRelation.text("kind"),
                    SystemRelation.text("state"),
                    SystemRelation.number("row_count"),
                    SystemRelation.number("state_bytes"),
                    SystemRelation.text("inputs"),
                    SystemRelation.text("definition")));

    private final StreamEngine engine;
    private final CatalogStore catalog;

    ViewsRelation(StreamEngine engine, CatalogStore catalog) {
        this.engine = engine;
        this.catalog = catalog;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (ViewDefinition view : catalog.current().views()) {
            ViewStatus status = engine.views().status(view.id());
            QueryMetrics metrics = status == null ? null : status.metrics();
            rows.add(
                    view.id(),
                    view.name(),
                    view.isMaterialized() ? "materialized" : "plain",
                    state(view, status),
                    status == null || !status.isReady() ? null : status.rows(),
                    metrics == null ? null : metrics.stateBytes(),
                    String.join(", ", view.reads()),
                    view.sql());
        }
    }

    private String state(ViewDefinition view, @Nullable ViewStatus status) {
        MillraceException broken = catalog.failure(view.id());
        if (broken != null) {
            return String.valueOf(broken.getMessage());
        }
        if (view.failure() != null) {
            return view.failure();
        }
        if (status == null || status.isReady()) {
            return "ready";
        }
        return status.failure() == null
                ? status.state()
                : String.valueOf(status.failure().getMessage());
    }
}
