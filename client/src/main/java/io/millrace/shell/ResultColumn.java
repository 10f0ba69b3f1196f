package io.millrace.shell;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** A column of a result. */
record ResultColumn(String label, int jdbcType) {
    static List<ResultColumn> of(ResultSetMetaData metaData) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(new ResultColumn(metaData.getColumnLabel(i), metaData.getColumnType(i)));
        }
        return List.copyOf(columns);
    }

    boolean isNumber() {
        return switch (jdbcType) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.DECIMAL,
                    Types.NUMERIC -> true;
            default -> false;
        };
    }

    /** How many cells values usually need, for a table that begins before most of them have come. */
    int usualWidth() {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.BOOLEAN -> 5;
            case Types.INTEGER, Types.REAL, Types.FLOAT -> 7;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> 23;
            default -> 10;
        };
    }

    boolean isBoolean() {
        return jdbcType == Types.BOOLEAN || jdbcType == Types.BIT;
    }
}
