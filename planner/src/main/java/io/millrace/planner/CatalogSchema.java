package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.plan.Field;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A catalog snapshot as the validator sees it. */
final class CatalogSchema extends AbstractSchema {
    private final Map<String, Table> tables = new HashMap<>();

    /** The schema of the rows of streams that were late. */
    private CatalogSchema(CatalogSnapshot catalog) {
        catalog.streams().forEach(stream -> tables.put(stream.name(), new LateTable(stream)));
    }

    private CatalogSchema(Collection<? extends Relation> relations, @Nullable TableDefinition target) {
        for (Relation relation : relations) {
            tables.put(
                    relation.name(),
                    relation instanceof ViewDefinition view && !view.isMaterialized()
                            ? new ViewTable(view)
                            : new RelationTable(relation, relation == target));
        }
    }

    static CalciteSchema of(CatalogSnapshot catalog) {
        return of(catalog, null);
    }

    /** @param target a table whose rows have numbers, which a query can select */
    static CalciteSchema of(CatalogSnapshot catalog, @Nullable TableDefinition target) {
        CatalogSchema stored = new CatalogSchema(catalog.relations(), target);
        CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", stored);
        root.add(SystemTable.SCHEMA, new CatalogSchema(catalog.systemTables(), null));
        root.add(LateRows.SCHEMA, new CatalogSchema(catalog));
        return root;
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }

    /** A relation with all its readable columns: those of a stream end with {@code rowtime}. */
    static class RelationTable extends AbstractTable {
        private final Relation relation;
        private final boolean hasRowNumbers;

        private volatile @Nullable RelDataType rowType;

        RelationTable(Relation relation, boolean hasRowNumbers) {
            this.relation = relation;
            this.hasRowNumbers = hasRowNumbers;
        }

        Relation relation() {
            return relation;
        }

        /** Whether it has the late rows of a stream alone. */
        boolean isLateOnly() {
            return false;
        }

        /** What a query can read. */
        List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            for (int i = 0; i < relation.readableColumns(); i++) {
                fields.add(new Field(relation.columnName(i), relation.columnType(i)));
            }
            if (hasRowNumbers) {
                fields.add(new Field(TableScan.ROW, TableScan.ROW_TYPE));
            }
            return fields;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataType known = rowType;
            if (known == null) {
                SqlTypes types = (SqlTypes) factory;
                RelDataTypeFactory.Builder builder = types.builder();
                fields().forEach(field -> builder.add(field.name(), types.fromDataType(field.type())));
                known = builder.build();
                rowType = known;
            }
            return known;
        }
    }

    /** The rows of a stream that were late. */
    private static final class LateTable extends RelationTable {
        LateTable(StreamDefinition stream) {
            super(stream, false);
        }

        @Override
        boolean isLateOnly() {
            return true;
        }
    }

    /** A view, which becomes its query. */
    private static final class ViewTable extends RelationTable implements TranslatableTable {
        private final ViewDefinition view;

        ViewTable(ViewDefinition view) {
            super(view, false);
            this.view = view;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
            return context.expandView(table.getRowType(), view.sql(), List.of(), List.of(view.name())).rel;
        }
    }
}
