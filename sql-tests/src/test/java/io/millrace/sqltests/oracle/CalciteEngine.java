package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.Query;
import io.millrace.sqltests.oracle.query.ValueType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Calcite's own enumerable engine, with its own planner, over rows in memory. It is no oracle for whole queries: it loses
 * rows of a FULL JOIN without equalities and the total of ROLLUP over nothing, cuts averages, and fails on much else.
 */
public final class CalciteEngine implements Engine {
    private final Connection connection;
    private final SchemaPlus schema;
    private List<SampleTable> tables = List.of();

    public CalciteEngine() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("caseSensitive", "false");
        properties.setProperty("unquotedCasing", "UNCHANGED");
        properties.setProperty("conformance", "BABEL");
        properties.setProperty("timeZone", "UTC");
        properties.setProperty("typeSystem", CalciteTypes.class.getName());
        properties.setProperty("parserFactory", "org.apache.calcite.sql.parser.impl.SqlParserImpl#FACTORY");
        connection = DriverManager.getConnection("jdbc:calcite:", properties);
        schema = connection.unwrap(CalciteConnection.class).getRootSchema();
    }

    @Override
    public String name() {
        return "Calcite";
    }

    @Override
    public void load(List<SampleTable> newTables) {
        tables.forEach(table -> schema.removeTable(table.name()));
        tables = newTables;
        tables.forEach(table -> schema.add(table.name(), new Rows(table)));
    }

    @Override
    public Answer answer(Query query) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query.sql())) {
            List<List<Object>> rows = new ArrayList<>();
            while (results.next()) {
                List<Object> row = new ArrayList<>();
                for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                    row.add(value(results, column));
                }
                rows.add(row);
            }
            return Answer.of(rows);
        } catch (SQLException | RuntimeException | Error failure) {
            return Answer.failed("none", String.valueOf(failure.getMessage()));
        }
    }

    private static Object value(ResultSet results, int column) throws SQLException {
        Object value = results.getObject(column);
        switch (results.getMetaData().getColumnType(column)) {
            case Types.DATE:
                return value == null ? null : LocalDate.parse(results.getString(column));
            case Types.TIMESTAMP:
                return value == null
                        ? null
                        : LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                                .plusNanos(results.getLong(column) * 1_000_000);
            default:
                return value instanceof Integer number ? (Object) number.longValue() : value;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static final class Rows extends AbstractTable implements ScannableTable {
        private final SampleTable table;

        Rows(SampleTable table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder builder = factory.builder();
            for (SampleTable.Column column : table.columns()) {
                builder.add(column.name(), type(factory, column.type())).nullable(!column.notNull());
            }
            return builder.build();
        }

        private static RelDataType type(RelDataTypeFactory factory, ValueType type) {
            switch (type) {
                case DECIMAL:
                    return factory.createSqlType(SqlTypeName.DECIMAL, 10, 2);
                case TIMESTAMP:
                    return factory.createSqlType(SqlTypeName.TIMESTAMP, 3);
                default:
                    return factory.createSqlType(SqlTypeName.valueOf(type.name()));
            }
        }

        @Override
        public Enumerable<Object[]> scan(DataContext root) {
            return Linq4j.asEnumerable(table.rows().stream().map(this::row).toList());
        }

        private Object[] row(List<Object> values) {
            Object[] row = new Object[values.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = inMemory(values.get(i), table.columns().get(i).type());
            }
            return row;
        }

        private static Object inMemory(Object value, ValueType type) {
            if (value == null) {
                return null;
            }
            switch (type) {
                case INTEGER:
                    return ((Long) value).intValue();
                case DATE:
                    return (int) ((LocalDate) value).toEpochDay();
                case TIMESTAMP:
                    return ((LocalDateTime) value).toInstant(ZoneOffset.UTC).toEpochMilli();
                case DECIMAL:
                    return ((BigDecimal) value).setScale(2);
                default:
                    return value;
            }
        }
    }
}
