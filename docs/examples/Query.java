import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringJoiner;

/**
 * Runs one statement and prints its rows as they come:
 *
 * <pre>java -cp jdbc-driver/target/millrace-jdbc.jar docs/examples/Query.java "SELECT ..." [URL]</pre>
 */
public class Query {
    public static void main(String[] arguments) throws SQLException {
        String url = arguments.length > 1 ? arguments[1] : "jdbc:millrace://localhost:8765";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (!statement.execute(arguments[0])) {
                System.out.println(statement.getUpdateCount() + " rows");
                return;
            }
            try (ResultSet rows = statement.getResultSet()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    StringJoiner line = new StringJoiner("|");
                    for (int i = 1; i <= columns; i++) {
                        line.add(String.valueOf(rows.getString(i)));
                    }
                    System.out.println(line);
                }
            }
        }
    }
}
