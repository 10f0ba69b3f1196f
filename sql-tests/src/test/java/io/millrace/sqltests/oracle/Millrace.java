package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** A server, asked over JDBC. */
public final class Millrace implements Engine {
    private final Statement statement;
    private List<SampleTable> tables = List.of();

    Millrace(Connection connection) throws SQLException {
        statement = connection.createStatement();
    }

    @Override
    public String name() {
        return "Millrace";
    }

    @Override
    public void load(List<SampleTable> newTables) {
        try {
            for (SampleTable table : tables) {
                statement.executeUpdate(table.drop());
            }
            tables = newTables;
            for (SampleTable table : tables) {
                statement.executeUpdate(table.create());
                if (table.insert() != null) {
                    statement.executeUpdate(table.insert());
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the tables could not be made: " + failure.getMessage(), failure);
        }
    }

    @Override
    public Answer answer(Query query) {
        return answer(statement, query.sql());
    }

    public static Answer answer(Statement statement, String sql) {
        try (ResultSet results = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            int width = results.getMetaData().getColumnCount();
            while (results.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= width; column++) {
                    row.add(value(results, column));
                }
                rows.add(row);
            }
            return Answer.of(rows);
        } catch (SQLException failure) {
            return Answer.failed(failure.getSQLState(), failure.getMessage());
        }
    }

    private static Object value(ResultSet results, int column) throws SQLException {
        switch (results.getMetaData().getColumnType(column)) {
            case Types.DATE:
                String date = results.getString(column);
                return date == null ? null : LocalDate.parse(date);
            case Types.TIMESTAMP:
                String time = results.getString(column);
                return time == null ? null : LocalDateTime.parse(time.replace(' ', 'T'));
            case Types.CHAR:
            case Types.VARCHAR:
                return results.getString(column);
            default:
                Object value = results.getObject(column);
                return value instanceof Integer number ? (Object) number.longValue() : value;
        }
    }

    @Override
    public void close() {
        load(List.of());
    }
}
