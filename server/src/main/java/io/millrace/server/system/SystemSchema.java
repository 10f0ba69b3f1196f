package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.circuit.SystemTables;
import io.millrace.executor.column.Batch;
import io.millrace.server.catalog.CatalogStore;
import io.millrace.server.connector.Sinks;
import io.millrace.server.connector.Sources;
import io.millrace.settings.Settings;
import java.util.List;

/** The relations of schema {@code sys}. Thread-safe. */
public final class SystemSchema implements SystemTables {
    private final List<SystemRelation> relations;

    public SystemSchema(StreamEngine engine, CatalogStore catalog, Sources sources, Sinks sinks, Settings settings) {
        relations = List.of(
                new StreamsRelation(engine, catalog, sources),
                new WatermarksRelation(engine, catalog),
                new TablesRelation(engine, catalog),
                new ViewsRelation(engine, catalog),
                new ProducersRelation(engine.producers(), catalog),
                new SinksRelation(catalog, sinks),
                new SubscriptionsRelation(engine),
                new RecoveryRelation(engine),
                new QueriesRelation(engine),
                new OperatorsRelation(engine),
                new SettingsRelation(settings));
    }

    public List<SystemTable> definitions() {
        return relations.stream().map(SystemRelation::definition).toList();
    }

    public SystemTable definition(String tableName) {
        return relation(tableName).definition();
    }

    @Override
    public List<Batch> rows(String tableName) {
        SystemRelation relation = relation(tableName);
        SystemRows rows = new SystemRows(relation.definition());
        relation.read(rows);
        return rows.batches();
    }

    private SystemRelation relation(String tableName) {
        return relations.stream()
                .filter(relation -> relation.definition().name().equals(tableName))
                .findFirst()
                .orElseThrow(() -> MillraceException.internal("no rows for system table \"" + tableName + "\""));
    }
}
