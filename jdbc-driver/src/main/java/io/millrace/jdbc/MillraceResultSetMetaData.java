package io.millrace.jdbc;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;

/** Names the classes that {@code getObject} gives; the server's describe its own values. */
final class MillraceResultSetMetaData extends AvaticaResultSetMetaData {
    MillraceResultSetMetaData(AvaticaStatement statement, Meta.Signature signature) {
        super(statement, null, signature);
    }

    private int check(int column) throws SQLException {
        if (column < 1 || column > getColumnCount()) {
            throw MissingColumn.error(column, getColumnCount());
        }
        return column;
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        switch (getColumnType(column)) {
            case Types.BOOLEAN:
                return Boolean.class.getName();
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
                return Integer.class.getName();
            case Types.BIGINT:
                return Long.class.getName();
            case Types.REAL:
                return Float.class.getName();
            case Types.FLOAT:
            case Types.DOUBLE:
                return Double.class.getName();
            case Types.DECIMAL:
            case Types.NUMERIC:
                return java.math.BigDecimal.class.getName();
            case Types.BINARY:
            case Types.VARBINARY:
                return byte[].class.getName();
            case Types.DATE:
                return Date.class.getName();
            case Types.TIME:
                return Time.class.getName();
            case Types.TIMESTAMP:
                return Timestamp.class.getName();
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return OffsetDateTime.class.getName();
            default:
                return String.class.getName();
        }
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        return super.isAutoIncrement(check(column));
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return super.isCaseSensitive(check(column));
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        return super.isSearchable(check(column));
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        return super.isCurrency(check(column));
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return super.isNullable(check(column));
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return super.isSigned(check(column));
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return super.getColumnDisplaySize(check(column));
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return super.getColumnLabel(check(column));
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        return super.getColumnName(check(column));
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        return super.getSchemaName(check(column));
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return super.getPrecision(check(column));
    }

    @Override
    public int getScale(int column) throws SQLException {
        return super.getScale(check(column));
    }

    @Override
    public String getTableName(int column) throws SQLException {
        return super.getTableName(check(column));
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        return super.getCatalogName(check(column));
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return super.getColumnType(check(column));
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        return super.getColumnTypeName(check(column));
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        return super.isReadOnly(check(column));
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        return super.isWritable(check(column));
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        return super.isDefinitelyWritable(check(column));
    }
}
