package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.SystemTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;

/** A catalog snapshot as the validator sees it. */
final class CatalogSchema extends AbstractSchema {
    private final Map<String, Table> tables = new HashMap<>();

    private CatalogSchema(Collection<? extends Relation> relations) {
        relations.forEach(relation -> tables.put(relation.name(), new RelationTable(relation)));
    }

    static CalciteSchema of(CatalogSnapshot catalog) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", new CatalogSchema(catalog.relations()));
        root.add(SystemTable.SCHEMA, new CatalogSchema(catalog.systemTables()));
        return root;
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }

    /** A relation with all its readable columns: those of a stream end with {@code rowtime}. */
    static final class RelationTable extends AbstractTable {
        private final Relation relation;

        RelationTable(Relation relation) {
            this.relation = relation;
        }

        Relation relation() {
            return relation;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            SqlTypes types = (SqlTypes) factory;
            RelDataTypeFactory.Builder builder = types.builder();
            for (int i = 0; i < relation.readableColumns(); i++) {
                builder.add(relation.columnName(i), types.fromDataType(relation.columnType(i)));
            }
            return builder.build();
        }
    }
}
