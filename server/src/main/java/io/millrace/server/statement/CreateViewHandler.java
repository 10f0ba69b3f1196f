package io.millrace.server.statement;

import io.millrace.catalog.ViewDefinition;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** CREATE VIEW. */
final class CreateViewHandler implements StatementHandler<StatementPlan.CreateView> {
    private final CatalogStore catalog;

    CreateViewHandler(CatalogStore catalog) {
        this.catalog = catalog;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.CreateView> request) {
        ViewDefinition view = request.plan().definition();
        synchronized (catalog) { // between the question and the creation no other comes
            if (request.plan().ifNotExists() && catalog.current().relation(view.name()) != null) {
                return StatementResult.warned("\"" + view.name() + "\" exists already, so that nothing was created");
            }
            catalog.define(view.sql(), request.plan().replace());
        }
        return new StatementResult.Update(
                List.of(0L),
                request.plan().warnings().stream().map(StatementWarning::of).toList());
    }
}
