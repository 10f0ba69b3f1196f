package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.catalog.WatermarkDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the catalog holds, as JDBC sees it: tables of a type in a schema. */
final class CatalogTables {
    static final String STREAM = "STREAM";
    static final String SYSTEM_TABLE = "SYSTEM TABLE";
    static final String TABLE = "TABLE";
    static final String VIEW = "VIEW";
    static final String MATERIALIZED_VIEW = "MATERIALIZED VIEW";

    /** In the order of their names. */
    static final List<String> TYPES = List.of(MATERIALIZED_VIEW, STREAM, SYSTEM_TABLE, TABLE, VIEW);

    /** In the order of their names. */
    static final List<String> SCHEMAS = List.of(CatalogSnapshot.SCHEMA, SystemTable.SCHEMA);

    private CatalogTables() {}

    /** By schema and name. */
    static List<Relation> find(CatalogSnapshot catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
        List<Relation> found = new ArrayList<>();
        for (Relation relation : catalog.relations()) {
            if (matches(relation, schemaPattern, namePattern)) {
                found.add(relation);
            }
        }
        for (SystemTable table : catalog.systemTables()) {
            if (matches(table, schemaPattern, namePattern)) {
                found.add(table);
            }
        }
        return found;
    }

    private static boolean matches(Relation relation, @Nullable String schemaPattern, @Nullable String namePattern) {
        return NamePattern.matches(schemaPattern, schema(relation))
                && NamePattern.matches(namePattern, relation.name());
    }

    static String schema(Relation relation) {
        return relation instanceof SystemTable ? SystemTable.SCHEMA : CatalogSnapshot.SCHEMA;
    }

    static String type(Relation relation) {
        if (relation instanceof StreamDefinition) {
            return STREAM;
        }
        if (relation instanceof ViewDefinition view) {
            return view.isMaterialized() ? MATERIALIZED_VIEW : VIEW;
        }
        return relation instanceof SystemTable ? SYSTEM_TABLE : TABLE;
    }

    static @Nullable String remarks(Relation relation) {
        if (!(relation instanceof StreamDefinition stream)) {
            return null;
        }
        WatermarkDefinition watermark = stream.watermark();
        String time = watermark == null ? StreamDefinition.ROWTIME : stream.columnName(watermark.timeColumn());
        return "append-only; windows by " + time;
    }

    /** The table of exactly that name, in any case; null when there is none. */
    static @Nullable TableDefinition table(CatalogSnapshot catalog, @Nullable String schema, @Nullable String name) {
        boolean here = schema == null || schema.equalsIgnoreCase(CatalogSnapshot.SCHEMA);
        return here && name != null ? catalog.table(name) : null;
    }
}
