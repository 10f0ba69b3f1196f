package io.millrace.server.system;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.Producers;
import io.millrace.executor.log.ProducerEntry;
import io.millrace.server.catalog.CatalogStore;
import java.util.List;

/** {@code sys.producers}: what each named producer has appended last to each stream and table. */
final class ProducersRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "producers",
            List.of(
                    SystemRelation.text("target"),
                    SystemRelation.text("producer"),
                    SystemRelation.optional(SystemRelation.text("name")),
                    SystemRelation.number("epoch"),
                    SystemRelation.number("sequence"),
                    SystemRelation.number("last_rows"),
                    SystemRelation.optional(SystemRelation.time("last_append"))));

    private final Producers producers;
    private final CatalogStore catalog;

    ProducersRelation(Producers producers, CatalogStore catalog) {
        this.producers = producers;
        this.catalog = catalog;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (StreamDefinition stream : catalog.current().streams()) {
            read(rows, stream.id(), stream.name());
        }
        for (TableDefinition table : catalog.current().tables()) {
            read(rows, table.id(), table.name());
        }
    }

    private void read(SystemRows rows, long id, String name) {
        if (catalog.failure(id) != null) {
            return;
        }
        try {
            producers.of(id).forEach(entry -> add(rows, name, entry));
        } catch (MillraceException dropped) { // between our look at the catalog and this one
            if (dropped.code() != ErrorCode.UNDEFINED_OBJECT) {
                throw dropped;
            }
        }
    }

    private void add(SystemRows rows, String stream, ProducerEntry entry) {
        rows.add(
                stream,
                entry.producer().toString(),
                producers.epochs().name(entry.producer()),
                (long) entry.epoch(),
                entry.number(),
                (long) entry.result().rows(),
                SystemRelation.millis(entry.time()));
    }
}
