package io.millrace.shell;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The names that the server knows, from JDBC's metadata; read again when a statement may have changed them. */
final class NameCatalog {
    /** Where the names are that need no schema before them. */
    static final String USER_SCHEMA = "public";

    /** What the standard reserves; a driver tells only the words beyond it. */
    private static final List<String> STANDARD = List.of(
            ("ALL AND AS ASC BETWEEN BIGINT BOOLEAN BY CASE CAST COUNT CREATE CROSS DATE DECIMAL DELETE DESC DISTINCT DOUBLE"
                            + " DROP ELSE END EXCEPT EXISTS FALSE FROM FULL GROUP HAVING IN INNER INSERT INTEGER INTERSECT"
                            + " INTERVAL INTO IS JOIN LEFT LIKE MATERIALIZED NOT NULL OFFSET ON OR ORDER OUTER OVER"
                            + " PARTITION RIGHT SELECT SESSION SET SUM TABLE THEN TIMESTAMP TRUE UNION UPDATE USING"
                            + " VALUES VARCHAR VIEW WHEN WHERE WINDOW WITH AVG MAX MIN")
                    .split(" "));

    private final Connection connection;
    private Map<String, List<String>> relations = Map.of();
    private List<String> keywords = List.of();
    private List<String> functions = List.of();
    private boolean isStale = true;

    NameCatalog(Connection connection) {
        this.connection = connection;
    }

    /** The names may have changed. */
    void invalidate() {
        isStale = true;
    }

    /** Streams, tables and views, each with its columns. */
    Map<String, List<String>> relations() throws SQLException {
        refresh();
        return relations;
    }

    List<String> keywords() throws SQLException {
        refresh();
        return keywords;
    }

    List<String> functions() throws SQLException {
        refresh();
        return functions;
    }

    private void refresh() throws SQLException {
        if (!isStale) {
            return;
        }
        DatabaseMetaData metaData = connection.getMetaData();
        Map<String, List<String>> read = new LinkedHashMap<>();
        try (ResultSet tables = metaData.getTables(null, USER_SCHEMA, "%", null)) {
            while (tables.next()) {
                read.put(tables.getString("TABLE_NAME"), new ArrayList<>());
            }
        }
        try (ResultSet columns = metaData.getColumns(null, USER_SCHEMA, "%", "%")) {
            while (columns.next()) {
                read.computeIfAbsent(columns.getString("TABLE_NAME"), name -> new ArrayList<>())
                        .add(columns.getString("COLUMN_NAME"));
            }
        }
        relations = read;
        if (keywords.isEmpty()) {
            keywords = sorted(Stream.concat(STANDARD.stream(), words(metaData.getSQLKeywords())));
            functions = sorted(Stream.of(
                            metaData.getNumericFunctions(),
                            metaData.getStringFunctions(),
                            metaData.getSystemFunctions(),
                            metaData.getTimeDateFunctions())
                    .flatMap(NameCatalog::words));
        }
        isStale = false;
    }

    private static Stream<String> words(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }

    private static List<String> sorted(Stream<String> words) {
        return List.copyOf(words.collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
    }
}
