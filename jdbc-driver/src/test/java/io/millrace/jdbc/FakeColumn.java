package io.millrace.jdbc;

import java.sql.Types;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;

/** A column as the server announces it. */
record FakeColumn(String name, int type, String typeName, int precision, int scale) {
    static FakeColumn bigint(String name) {
        return new FakeColumn(name, Types.BIGINT, "BIGINT", 19, 0);
    }

    static FakeColumn varchar(String name) {
        return new FakeColumn(name, Types.VARCHAR, "VARCHAR", 100, 0);
    }

    int storage() {
        switch (type) {
            case Types.REAL:
            case Types.DOUBLE:
                return ColumnSlice.DOUBLE;
            case Types.CHAR:
            case Types.VARCHAR:
            case Types.VARBINARY:
                return ColumnSlice.BYTES;
            case Types.DECIMAL:
                return precision <= 18 ? ColumnSlice.LONG : ColumnSlice.DECIMAL128;
            default:
                return ColumnSlice.LONG;
        }
    }

    ColumnMetaData metaData(int ordinal) {
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                1,
                true,
                10,
                name,
                name,
                "",
                precision,
                scale,
                "",
                "",
                ColumnMetaData.scalar(type, typeName, Rep.OBJECT),
                true,
                false,
                false,
                "java.lang.Object");
    }
}
