package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A running server, whose time runs by itself; what a file makes there is dropped after it. */
public final class RemoteDatabase implements TestDatabase {
    /** What files make is in it; system tables are not. */
    private static final String USER_SCHEMA = "public";

    private final String url;
    private final Connection connection;
    private final Set<String> before;

    public RemoteDatabase(String url) throws SQLException {
        this.url = url;
        connection = DriverManager.getConnection(url);
        before = Set.copyOf(relations().keySet());
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public @Nullable TestClock clock() {
        return null;
    }

    /** Drops in rounds, because what others are made of can only be dropped after them. */
    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            List<String> left = made();
            while (!left.isEmpty()) {
                SQLException failure = drop(statement, left);
                List<String> now = made();
                if (failure != null && now.size() >= left.size()) {
                    throw failure;
                }
                left = now;
            }
        }
    }

    private static @Nullable SQLException drop(Statement statement, List<String> drops) {
        SQLException last = null;
        for (String drop : drops) {
            try {
                statement.executeUpdate(drop);
            } catch (SQLException failure) {
                last = failure;
            }
        }
        return last;
    }

    /** The statements that drop what the file has made. */
    private List<String> made() throws SQLException {
        List<String> drops = new ArrayList<>();
        relations().forEach((name, type) -> {
            if (!before.contains(name)) {
                drops.add("DROP " + type + " IF EXISTS \"" + name.replace("\"", "\"\"") + "\"");
            }
        });
        return drops;
    }

    private Map<String, String> relations() throws SQLException {
        Map<String, String> relations = new LinkedHashMap<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, USER_SCHEMA, "%", null)) {
            while (tables.next()) {
                relations.put(tables.getString("TABLE_NAME"), tables.getString("TABLE_TYPE"));
            }
        }
        return relations;
    }
}
