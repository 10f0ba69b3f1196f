package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.Types;
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
        return TypeNames.javaClass(getColumnType(column)).getName();
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

    /** Of a time the characters of its text, as JDBC has it. */
    @Override
    public int getPrecision(int column) throws SQLException {
        return isTime(column) ? getColumnDisplaySize(column) : super.getPrecision(check(column));
    }

    /** Of a time the digits of its fraction of a second. */
    @Override
    public int getScale(int column) throws SQLException {
        return isTime(column) ? super.getPrecision(column) : super.getScale(check(column));
    }

    private boolean isTime(int column) throws SQLException {
        switch (getColumnType(column)) {
            case Types.DATE:
            case Types.TIME:
            case Types.TIMESTAMP:
            case Types.TIMESTAMP_WITH_TIMEZONE:
                return true;
            default:
                return false;
        }
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
        return TypeNames.sql(super.getColumnTypeName(check(column)));
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
