package io.millrace.server.statement;

import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.planner.StatementPlan;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** DROP TABLE: deletes the rows and their log. */
final class DropTableHandler implements StatementHandler<StatementPlan.DropTable> {
    private final CatalogStore catalog;

    DropTableHandler(CatalogStore catalog) {
        this.catalog = catalog;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.DropTable> request) {
        String name = request.plan().name();
        synchronized (catalog) { // between the question and the end no other drops it
            TableDefinition table = catalog.current().table(name);
            if (table != null) {
                catalog.drop(List.of(table));
            } else if (request.plan().ifExists()) {
                return StatementResult.warned("table \"" + name + "\" does not exist, so that nothing was dropped");
            } else {
                throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, "table \"" + name + "\" does not exist");
            }
        }
        return new StatementResult.Update(0);
    }
}
