package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.catalog.ViewDefinition;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** {@code sys.views}: every view, what it reads and what it means. */
final class ViewsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "views",
            List.of(
                    SystemRelation.number("id"),
                    SystemRelation.text("name"),
                    SystemRelation.text("state"),
                    SystemRelation.text("inputs"),
                    SystemRelation.text("definition")));

    private final CatalogStore catalog;

    ViewsRelation(CatalogStore catalog) {
        this.catalog = catalog;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (ViewDefinition view : catalog.current().views()) {
            String failure = view.failure();
            rows.add(
                    view.id(),
                    view.name(),
                    failure == null ? "ready" : failure,
                    String.join(", ", view.reads()),
                    view.sql());
        }
    }
}
