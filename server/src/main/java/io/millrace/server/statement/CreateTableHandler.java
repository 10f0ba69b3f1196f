package io.millrace.server.statement;

import io.millrace.catalog.TableDefinition;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** CREATE TABLE. */
final class CreateTableHandler implements StatementHandler<StatementPlan.CreateTable> {
    private final CatalogStore catalog;

    CreateTableHandler(CatalogStore catalog) {
        this.catalog = catalog;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.CreateTable> request) {
        TableDefinition definition = request.plan().definition();
        synchronized (catalog) { // between the question and the creation no other comes
            if (request.plan().ifNotExists() && catalog.current().relation(definition.name()) != null) {
                return StatementResult.warned(
                        "\"" + definition.name() + "\" exists already, so that nothing was created");
            }
            catalog.create(List.of(definition));
        }
        return new StatementResult.Update(0);
    }
}
