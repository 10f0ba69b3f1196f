package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.TableStatus;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** {@code sys.tables}: how every table is doing. The figures of one that is out of use are NULL. */
final class TablesRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "tables",
            List.of(
                    SystemRelation.number("id"),
                    SystemRelation.text("name"),
                    SystemRelation.text("state"),
                    SystemRelation.optional(SystemRelation.number("row_count")),
                    SystemRelation.optional(SystemRelation.number("change_count")),
                    SystemRelation.optional(SystemRelation.number("memory_bytes")),
                    SystemRelation.optional(SystemRelation.number("log_bytes")),
                    SystemRelation.text("definition")));

    private final StreamEngine engine;
    private final CatalogStore catalog;

    TablesRelation(StreamEngine engine, CatalogStore catalog) {
        this.engine = engine;
        this.catalog = catalog;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (TableDefinition table : catalog.current().tables()) {
            MillraceException failure = catalog.failure(table.id());
            if (failure != null) {
                String state = String.valueOf(failure.getMessage());
                rows.add(table.id(), table.name(), state, null, null, null, null, table.sql());
                continue;
            }
            try {
                add(rows, table, engine.tables().status(table.id()));
            } catch (MillraceException dropped) { // between our look at the catalog and this one
                if (dropped.code() != ErrorCode.UNDEFINED_OBJECT) {
                    throw dropped;
                }
            }
        }
    }

    private static void add(SystemRows rows, TableDefinition table, TableStatus status) {
        MillraceException failure = status.failure();
        rows.add(
                table.id(),
                table.name(),
                failure == null ? "ready" : String.valueOf(failure.getMessage()),
                status.rows(),
                status.changes(),
                status.memoryBytes(),
                status.logBytes(),
                table.sql());
    }
}
