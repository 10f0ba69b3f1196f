package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.Finding;
import io.millrace.executor.time.ManualClock;
import io.millrace.executor.verify.DataRepair;
import io.millrace.executor.verify.DataReport;
import io.millrace.executor.verify.DataVerifier;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import io.millrace.server.catalog.StoredNumbers;
import io.millrace.sqltests.DataImage.Range;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages a data directory at random places. Verifying finds each damage that hits data, and no other; a server answers as before,
 * or refuses what is damaged and says where. Rounds by the properties millrace.damage.rounds and millrace.damage.servers.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class DamagedDataTest {
    private static final int ROUNDS = Integer.getInteger("millrace.damage.rounds", 400);
    /** In so many of them a server is started. */
    private static final int SERVERS = Integer.getInteger("millrace.damage.servers", 25);

    /** The numbers of the logs that a query reads, besides the catalog. */
    private static final Map<String, List<Integer>> QUERIES = queries();

    @TempDir
    private Path directory;

    private final long seed = Long.getLong("millrace.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private ManualClock clock = new ManualClock(1_767_225_600_000_000L);
    private DataImage image = new DataImage(Map.of());
    private Map<String, List<String>> expected = Map.of();

    private static Map<String, List<Integer>> queries() {
        Map<String, List<Integer>> queries = new LinkedHashMap<>();
        queries.put("SELECT * FROM a", List.of(1));
        queries.put("SELECT * FROM b", List.of(2));
        queries.put("SELECT * FROM t", List.of(3));
        queries.put("SELECT * FROM of_a", List.of(1));
        queries.put("SELECT * FROM of_t", List.of(3));
        queries.put("SELECT * FROM joined", List.of(1, 3));
        return queries;
    }

    @BeforeEach
    void makeData() throws Exception {
        Path data = directory.resolve("original");
        run(data, statement -> {
            statement.execute("CREATE STREAM a (id BIGINT, word VARCHAR)");
            statement.execute("CREATE STREAM b (id BIGINT, word VARCHAR)");
            statement.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, word VARCHAR)");
            statement.execute("CREATE MATERIALIZED VIEW of_a AS SELECT word, COUNT(*) AS n FROM a GROUP BY word");
            statement.execute("CREATE MATERIALIZED VIEW of_t AS SELECT id, word FROM t WHERE id > 3");
            statement.execute(
                    "CREATE MATERIALIZED VIEW joined AS SELECT t.id, COUNT(*) AS n FROM a JOIN t ON a.id = t.id GROUP BY t.id");
            write(statement, 0);
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
            write(statement, 20);
        });
        run(data, statement -> write(statement, 40));
        run(data, statement -> {
            write(statement, 60);
            expected = answers(statement);
        });
        image = DataImage.of(data);
        DataImage.delete(data);
    }

    private interface Work {
        void on(Statement statement) throws SQLException;
    }

    private Server start(Path data) {
        return Server.start(ServerSettings.defaults(data).withPort(0).with("data.sync", "false"), clock);
    }

    private void run(Path data, Work work) throws SQLException {
        try (Server server = start(data);
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            work.on(statement);
        }
    }

    private static void write(Statement statement, int from) throws SQLException {
        for (int i = from; i < from + 20; i++) {
            String row = "(" + i % 30 + ", 'word " + i % 7 + "')";
            statement.execute("INSERT INTO a VALUES " + row);
            statement.execute("INSERT INTO b VALUES " + row + ", " + row);
            statement.execute(
                    i < 30
                            ? "INSERT INTO t VALUES " + row
                            : "UPDATE t SET word = 'changed " + i + "' WHERE id = " + i % 30);
        }
    }

    private static Map<String, List<String>> answers(Statement statement) throws SQLException {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        for (String query : QUERIES.keySet()) {
            answers.put(query, sorted(statement, query));
        }
        return answers;
    }

    private static List<String> sorted(Statement statement, String query) throws SQLException {
        List<String> rows = Rows.of(statement, query);
        Collections.sort(rows);
        return rows;
    }

    @Test
    void verifyingFindsWhatHitsDataAndAServerServesNoneOfIt() throws Exception {
        System.out.println("seed " + seed);
        int found = 0;
        Path data = directory.resolve("data");
        for (int round = 0; round < ROUNDS; round++) {
            image.restore(data);
            Damage damage = damage(data);
            String what = "seed " + seed + ", round " + round + ": " + damage;
            boolean isData = image.isDataChanged(data, damage.name());
            List<Finding> findings = DataVerifier.verify(data).findings();
            assertThat(!findings.isEmpty()).as(what + ": " + findings).isEqualTo(isData);
            assertThat(findings)
                    .as(what)
                    .allSatisfy(finding -> assertThat(finding.file()).isEqualTo(data.resolve(damage.name())));
            found += isData ? 1 : 0;
            if (round % Math.max(1, ROUNDS / SERVERS) == 0) {
                serve(data, damage, isData, what);
            }
            DataImage.delete(data);
        }
        System.out.println(found + " of " + ROUNDS + " damages hit data, and were found");
    }

    private void serve(Path data, Damage damage, boolean isData, String what) throws SQLException {
        boolean isOfLog = isData && damage.name().endsWith(".cq4");
        try {
            run(data, statement -> {
                for (Map.Entry<String, List<Integer>> query : QUERIES.entrySet()) {
                    boolean isAffected = damage.isOfSteps()
                            ? !query.getKey().matches("SELECT \\* FROM [abt]")
                            : query.getValue().contains(damage.log());
                    boolean mayRefuse = isOfLog && isAffected;
                    check(statement, query.getKey(), mayRefuse, what + ": " + query.getKey());
                }
            });
        } catch (MillraceException refused) {
            assertThat(isOfLog && damage.log() == 0).as(what + ": " + refused).isTrue();
            assertThat(refused.code()).as(what).isEqualTo(ErrorCode.DATA_CORRUPTED);
            assertThat(refused).as(what).hasMessageMatching("(?s).*damaged.*at or after byte \\d+.*");
        }
    }

    private void check(Statement statement, String query, boolean mayRefuse, String what) {
        try {
            assertThat(sorted(statement, query)).as(what).isEqualTo(expected.get(query));
        } catch (SQLException refused) {
            assertThat(mayRefuse).as(what + ": " + refused).isTrue();
            assertThat(refused.getSQLState()).as(what + ": " + refused).isEqualTo("XX001");
            assertThat(refused.getMessage()).as(what).contains("damaged", "at or after byte");
        }
    }

    @Test
    void withoutStepsStreamsAndTablesServe() throws Exception {
        Path data = directory.resolve("data");
        image.restore(data);
        damageSteps(data);
        run(data, statement -> {
            statement.getConnection().setReadOnly(true);
            statement.getConnection().setAutoCommit(false);
            check(statement, "SELECT * FROM a", false, "a");
            check(statement, "SELECT * FROM t", false, "t");
            statement.getConnection().commit();
            statement.getConnection().setAutoCommit(true);
            statement.getConnection().setReadOnly(false);
            statement.execute("INSERT INTO a VALUES (3, 'new'), (3, 'new')");
            statement.execute("UPDATE t SET word = 'new' WHERE id = 3");
            statement.execute("CREATE STREAM c (id BIGINT)");
            statement.execute("FLUSH");
            for (String sql : List.of(
                    "SELECT * FROM of_a",
                    "SELECT a.id FROM a JOIN of_t ON a.id = of_t.id",
                    "SUBSCRIBE of_a",
                    "SUBSCRIBE (SELECT word, COUNT(*) FROM a GROUP BY word)",
                    "SELECT STREAM id FROM a SINCE AFTER POSITION 3",
                    "SELECT MR_POSITION()",
                    "CREATE MATERIALIZED VIEW more AS SELECT COUNT(*) AS n FROM b")) {
                assertThatThrownBy(() -> Rows.of(statement, sql))
                        .as(sql)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).as(sql).isEqualTo("XX001"))
                        .hasMessageContaining("the steps of the views cannot be read")
                        .hasMessageContaining("damaged")
                        .hasMessageContaining("at or after byte")
                        .hasMessageContaining("repair --cut, which begins the steps anew")
                        .hasMessageNotContaining("drop the stream");
            }
        });
        DataRepair.repair(DataVerifier.verify(data), StoredNumbers::read, clock, "now");
        run(data, statement -> {
            checkViews(statement, "mended");
            statement.execute("INSERT INTO a VALUES (4, 'new')");
            checkViews(statement, "mended");
            assertThat(Rows.of(statement, "SELECT n FROM of_a WHERE word = 'new'"))
                    .containsExactly("3");
            assertThat(Rows.of(statement, "SELECT COUNT(*) FROM sys.views WHERE name = 'more'"))
                    .containsExactly("0");
        });
    }

    private void damageSteps(Path data) throws IOException {
        for (Map.Entry<String, DataImage.Content> file : image.files().entrySet()) {
            if (file.getKey().matches("steps/.*\\.cq4")) {
                Range block = file.getValue().data().get(0);
                try (RandomAccessFile bytes =
                        new RandomAccessFile(data.resolve(file.getKey()).toFile(), "rw")) {
                    flip(bytes, file.getValue(), (block.from() + block.to()) / 2);
                }
                return;
            }
        }
        throw new AssertionError("there are no steps");
    }

    @Test
    void whatIsCutServesWhatWasBeforeTheDamageAndGoesOn() throws Exception {
        System.out.println("seed " + seed);
        Path data = directory.resolve("data");
        for (int round = 0; round < Math.max(1, SERVERS / 4); round++) {
            image.restore(data);
            Damage damage = damage(data);
            String what = "seed " + seed + ", round " + round + ": " + damage;
            DataReport report = DataVerifier.verify(data);
            DataRepair.repair(report, StoredNumbers::read, clock, "now");
            assertThat(DataVerifier.verify(data).findings()).as(what).isEmpty();
            if (damage.log() == 0 && report.streams().get(0L).lacksBlocks()) {
                run(data, statement -> {}); // it may know less
            } else {
                run(data, statement -> checkMended(statement, damage, what));
                run(data, statement -> checkViews(statement, what));
            }
            assertThat(DataVerifier.verify(data).findings()).as(what).isEmpty();
            DataImage.delete(data);
        }
    }

    private void checkMended(Statement statement, Damage damage, String what) throws SQLException {
        for (Map.Entry<String, List<Integer>> query : QUERIES.entrySet()) {
            if (!query.getValue().contains(damage.log())) {
                assertThat(sorted(statement, query.getKey())).as(what).isEqualTo(expected.get(query.getKey()));
            }
        }
        assertThat(expected.get("SELECT * FROM a")).as(what).containsAll(sorted(statement, "SELECT DISTINCT * FROM a"));
        checkViews(statement, what);
        statement.execute("INSERT INTO a VALUES (3, 'new'), (3, 'new')");
        statement.execute("INSERT INTO b VALUES (3, 'new')");
        statement.execute("INSERT INTO t VALUES (1003, 'new')");
        checkViews(statement, what);
    }

    private static void checkViews(Statement statement, String what) throws SQLException {
        assertThat(sorted(statement, "SELECT * FROM of_a"))
                .as(what)
                .isEqualTo(sorted(statement, "SELECT word, COUNT(*) FROM a GROUP BY word"));
        assertThat(sorted(statement, "SELECT * FROM of_t"))
                .as(what)
                .isEqualTo(sorted(statement, "SELECT id, word FROM t WHERE id > 3"));
        assertThat(sorted(statement, "SELECT * FROM joined"))
                .as(what)
                .isEqualTo(sorted(statement, "SELECT t.id, COUNT(*) FROM a JOIN t ON a.id = t.id GROUP BY t.id"));
    }

    /**
     * What was done to a file.
     *
     * @param log the number of the stream or table; 0 the catalog; -1 something else
     */
    private record Damage(String name, int log, String what) {
        boolean isOfSteps() {
            return name.startsWith("steps/");
        }
    }

    private Damage damage(Path data) throws IOException {
        List<String> names = new ArrayList<>(image.files().keySet());
        names.removeIf(name -> image.files().get(name).used().length == 0 || name.endsWith(".lock"));
        String name = names.get(random.nextInt(names.size()));
        DataImage.Content content = image.files().get(name);
        int at = random.nextInt(content.used().length);
        if (random.nextInt(3) > 0 && !content.data().isEmpty()) {
            Range range = content.data().get(random.nextInt(content.data().size()));
            at = range.from() + random.nextInt(Math.min(range.to(), content.used().length) - range.from());
        }
        String[] parts = name.split("/", -1);
        int log = parts[0].equals("streams") ? Integer.parseInt(parts[1]) : -1;
        try (RandomAccessFile file = new RandomAccessFile(data.resolve(name).toFile(), "rw")) {
            return new Damage(name, log, damage(file, content, at) + " " + name + " at " + at);
        }
    }

    private String damage(RandomAccessFile file, DataImage.Content content, int at) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> {
                file.setLength(at);
                return "cut";
            }
            case 1 -> {
                int from = at & ~4095;
                file.seek(from);
                file.write(new byte[(int) Math.min(4096, file.length() - from)]);
                return "zeroed a page of";
            }
            case 2 -> {
                if (content.data().size() > 1) {
                    Range old = content.data().get(random.nextInt(content.data().size()));
                    Range over =
                            content.data().get(random.nextInt(content.data().size()));
                    file.seek(over.from() - 4);
                    file.write(
                            content.used(), old.from() - 4, Math.min(old.to(), content.used().length) - old.from() + 4);
                    return "wrote block at " + old.from() + " over that at " + over.from() + " of";
                }
                return flip(file, content, at);
            }
            default -> {
                return flip(file, content, at);
            }
        }
    }

    private String flip(RandomAccessFile file, DataImage.Content content, int at) throws IOException {
        int bit = random.nextInt(8);
        file.seek(at);
        file.write(content.used()[at] ^ 1 << bit);
        return "flipped bit " + bit + " of";
    }
}
