package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/** Changes accounts and tells events until the server is killed. */
final class AccountsLoad {
    private AccountsLoad() {}

    /**
     * Returns when the server has died.
     *
     * @param more values of an event behind its number, each after a comma
     * @param written counts the statements
     */
    static void write(String url, long seed, String more, CountDownLatch written) {
        Random random = new Random(seed);
        try (Connection connection = DriverManager.getConnection(url + "?retryTimeout=1");
                Statement statement = connection.createStatement()) {
            for (; true; written.countDown()) {
                int id = random.nextInt(40);
                switch (random.nextInt(4)) {
                    case 0 -> statement.executeUpdate("INSERT INTO events VALUES (" + id + more + ")");
                    case 1 -> statement.executeUpdate("DELETE FROM accounts WHERE id = " + id);
                    case 2 ->
                        statement.executeUpdate(
                                "UPDATE accounts SET balance = balance + " + random.nextInt(50) + " WHERE id < " + id);
                    default ->
                        statement.executeUpdate("INSERT INTO accounts SELECT " + id + ", 'o" + id % 7 + "', 100 "
                                + "FROM (VALUES (1)) WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE id = " + id + ")");
                }
            }
        } catch (SQLException killed) {
            assertThat(killed.getSQLState()).as(killed.getMessage()).startsWith("08");
        }
    }
}
