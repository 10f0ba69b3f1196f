package io.millrace.jdbc;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;

/** The columns of those results of {@code DatabaseMetaData} that never have rows, as JDBC lists them. */
final class MetadataColumns {
    private static final String KEYS = "PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, PKCOLUMN_NAME, FKTABLE_CAT,"
            + " FKTABLE_SCHEM, FKTABLE_NAME, FKCOLUMN_NAME, KEY_SEQ SMALLINT, UPDATE_RULE SMALLINT,"
            + " DELETE_RULE SMALLINT, FK_NAME, PK_NAME, DEFERRABILITY SMALLINT";

    static final Meta.Signature FOREIGN_KEYS = of(KEYS);
    static final Meta.Signature CATALOGS = of("TABLE_CAT");
    static final Meta.Signature PROCEDURES = of("PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, RESERVED1, RESERVED2,"
            + " RESERVED3, REMARKS, PROCEDURE_TYPE SMALLINT, SPECIFIC_NAME");
    static final Meta.Signature PROCEDURE_COLUMNS = of("PROCEDURE_CAT, PROCEDURE_SCHEM, PROCEDURE_NAME, COLUMN_NAME,"
            + " COLUMN_TYPE SMALLINT, DATA_TYPE INTEGER, TYPE_NAME, PRECISION INTEGER, LENGTH INTEGER, SCALE SMALLINT,"
            + " RADIX SMALLINT, NULLABLE SMALLINT, REMARKS, COLUMN_DEF, SQL_DATA_TYPE INTEGER,"
            + " SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER, ORDINAL_POSITION INTEGER, IS_NULLABLE,"
            + " SPECIFIC_NAME");
    static final Meta.Signature COLUMN_PRIVILEGES =
            of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, COLUMN_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE");
    static final Meta.Signature TABLE_PRIVILEGES =
            of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, GRANTOR, GRANTEE, PRIVILEGE, IS_GRANTABLE");
    static final Meta.Signature VERSION_COLUMNS = of("SCOPE SMALLINT, COLUMN_NAME, DATA_TYPE INTEGER, TYPE_NAME,"
            + " COLUMN_SIZE INTEGER, BUFFER_LENGTH INTEGER, DECIMAL_DIGITS SMALLINT, PSEUDO_COLUMN SMALLINT");
    static final Meta.Signature USER_TYPES =
            of("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, CLASS_NAME, DATA_TYPE INTEGER, REMARKS, BASE_TYPE SMALLINT");
    static final Meta.Signature SUPER_TYPES =
            of("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, SUPERTYPE_CAT, SUPERTYPE_SCHEM, SUPERTYPE_NAME");
    static final Meta.Signature SUPER_TABLES = of("TABLE_CAT, TABLE_SCHEM, TABLE_NAME, SUPERTABLE_NAME");
    static final Meta.Signature ATTRIBUTES = of("TYPE_CAT, TYPE_SCHEM, TYPE_NAME, ATTR_NAME, DATA_TYPE INTEGER,"
            + " ATTR_TYPE_NAME, ATTR_SIZE INTEGER, DECIMAL_DIGITS INTEGER, NUM_PREC_RADIX INTEGER, NULLABLE INTEGER,"
            + " REMARKS, ATTR_DEF, SQL_DATA_TYPE INTEGER, SQL_DATETIME_SUB INTEGER, CHAR_OCTET_LENGTH INTEGER,"
            + " ORDINAL_POSITION INTEGER, IS_NULLABLE, SCOPE_CATALOG, SCOPE_SCHEMA, SCOPE_TABLE,"
            + " SOURCE_DATA_TYPE SMALLINT");
    static final Meta.Signature CLIENT_INFO = of("NAME, MAX_LEN INTEGER, DEFAULT_VALUE, DESCRIPTION");
    static final Meta.Signature GENERATED_KEYS = of("GENERATED_KEY BIGINT");

    private MetadataColumns() {}

    /** @param columns names, with a type where it is not VARCHAR, separated by commas */
    private static Meta.Signature of(String columns) {
        List<ColumnMetaData> described = new ArrayList<>();
        for (String column : columns.split(", *")) {
            String[] parts = column.split(" ");
            described.add(MetaImpl.columnMetaData(
                    parts[0], described.size(), type(parts.length == 1 ? "VARCHAR" : parts[1]), true));
        }
        return new Meta.Signature(
                described, "", List.of(), Map.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
    }

    private static ColumnMetaData.AvaticaType type(String name) {
        switch (name) {
            case "SMALLINT":
                return ColumnMetaData.scalar(Types.SMALLINT, name, Rep.SHORT);
            case "INTEGER":
                return ColumnMetaData.scalar(Types.INTEGER, name, Rep.INTEGER);
            case "BIGINT":
                return ColumnMetaData.scalar(Types.BIGINT, name, Rep.LONG);
            default:
                return ColumnMetaData.scalar(Types.VARCHAR, name, Rep.STRING);
        }
    }
}
