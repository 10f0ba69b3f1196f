package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
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

    private CatalogSchema(CatalogSnapshot catalog) {
        for (StreamDefinition stream : catalog.streams()) {
            tables.put(stream.name(), new StreamTable(stream));
        }
    }

    static CalciteSchema of(CatalogSnapshot catalog) {
        return CalciteSchema.createRootSchema(false, false, "", new CatalogSchema(catalog));
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }

    /** A stream: its columns, then {@code rowtime}. */
    static final class StreamTable extends AbstractTable {
        private final StreamDefinition stream;

        StreamTable(StreamDefinition stream) {
            this.stream = stream;
        }

        StreamDefinition stream() {
            return stream;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            SqlTypes types = (SqlTypes) factory;
            RelDataTypeFactory.Builder builder = types.builder();
            for (int i = 0; i <= stream.rowtimeIndex(); i++) {
                builder.add(stream.columnName(i), types.fromDataType(stream.columnType(i)));
            }
            return builder.build();
        }
    }
}
