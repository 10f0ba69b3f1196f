package io.millrace.sqltests.oracle.view;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a relation with how often each is there, or why there are none to be had.
 *
 * @param rows null when it failed
 * @param sqlState null when it did not
 */
record Content(Map<String, Integer> rows, String sqlState, String message) {
    static Content of(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            Map<String, Integer> rows = new TreeMap<>();
            while (results.next()) {
                rows.merge(row(results, 1), 1, Integer::sum);
            }
            return new Content(rows, null, null);
        } catch (SQLException failure) {
            return failed(failure);
        }
    }

    static Content failed(SQLException failure) {
        return new Content(null, String.valueOf(failure.getSQLState()), failure.getMessage());
    }

    /** The text of a row, from a column on; that of a DOUBLE tells all of its bits but those of NaN. */
    static String row(ResultSet results, int from) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = from; column <= results.getMetaData().getColumnCount(); column++) {
            boolean isReal = results.getMetaData().getColumnType(column) == Types.DOUBLE;
            double real = isReal ? results.getDouble(column) : 0;
            values.add(isReal && !results.wasNull() ? Double.toString(real) : results.getString(column));
        }
        return values.toString();
    }

    boolean hasFailed() {
        return rows == null;
    }

    /** Whether its rows are at fault; which of several errors is met first is not defined. */
    boolean isDataError() {
        return sqlState != null && (sqlState.startsWith("22") || sqlState.startsWith("21"));
    }

    @Override
    public String toString() {
        return hasFailed() ? "error " + sqlState + ": " + message : rows.toString();
    }
}
