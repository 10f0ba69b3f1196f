package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law: what a continuous windowed query has given at any moment is what the rules of event time say, row for row, and
 * so is the answer of the same query run bounded. Random streams, rows, queries, clocks and restarts; more of them with
 * {@code -Dmillrace.law.rounds=200}, one again with {@code -Dmillrace.law.seed=…}.
 */
@Timeout(3_600)
class WindowLawTest {
    private static final long SECOND = 1_000_000;
    private static final int MOST_QUERIES = 4;

    @TempDir
    private Path data;

    private record Running(
            LawQuery query, String sql, long after, LawReader reader, boolean isSinceBeginning, boolean usesStream) {}

    @Test
    void continuousAndBoundedResultsAreWhatTheRulesSay() throws Exception {
        Long fixed = Long.getLong("millrace.law.seed");
        long seed = fixed != null ? fixed : new Random().nextLong();
        int rounds = Integer.getInteger("millrace.law.rounds", fixed != null ? 1 : 3);
        Random random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            long roundSeed = round == 0 ? seed : random.nextLong();
            try {
                new Round(roundSeed).play();
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("-Dmillrace.law.seed=" + roundSeed, failure);
            }
        }
    }

    /** One server, one stream, and what happens to it. */
    private final class Round {
        private final long seed;
        private final Random random;
        private final ManualClock clock;
        private final LawModel model;
        private final LawRows rows;
        private final List<Running> running = new ArrayList<>();
        private final List<String> story = new ArrayList<>();

        private Server server;
        private Connection connection;

        Round(long seed) {
            this.seed = seed;
            random = new Random(seed);
            boolean isNearEpoch = random.nextInt(3) == 0;
            clock = new ManualClock(
                    isNearEpoch
                            ? 20 * SECOND
                            : Instant.parse("2026-03-01T12:00:00Z").getEpochSecond() * SECOND + 7);
            long delay = List.of(0L, SECOND / 2, 2 * SECOND, 20 * SECOND).get(random.nextInt(4));
            long idle = random.nextBoolean() ? Math.max(10 * SECOND, 2 * delay) : 3 * SECOND;
            long skew = random.nextBoolean() ? 300 * SECOND : 30 * SECOND;
            model = new LawModel(new LawModel.Time(random.nextInt(4) > 0, delay, idle, skew));
            rows = new LawRows(random, model.time(), random.nextBoolean() ? clock.epochMicros() : -20 * SECOND);
        }

        void play() throws Exception {
            try {
                start();
                try (Statement statement = connection.createStatement()) {
                    statement.execute(create());
                }
                int steps = 12 + random.nextInt(10);
                int restart = random.nextInt(2 * steps);
                for (int step = 0; step < steps; step++) {
                    if (step == restart) {
                        restart();
                    }
                    step();
                    check();
                }
                insert(rows.last(clock.epochMicros()), true);
                advance(200 * SECOND);
                check();
                drop();
            } catch (Exception | AssertionError failure) {
                throw new AssertionError(String.join("\n", story), failure);
            } finally {
                stop();
            }
        }

        private String create() {
            LawModel.Time time = model.time();
            boolean isExpression = random.nextInt(4) == 0;
            String watermark = !time.isEventTime()
                    ? ""
                    : ", WATERMARK FOR ts AS " + (isExpression ? "COALESCE(ts, ts)" : "ts") + " - INTERVAL '"
                            + time.delay() / SECOND + "." + (time.delay() % SECOND == 0 ? "0" : "5") + "' SECOND"
                            + (isExpression || time.idleTimeout() == 3 * SECOND
                                    ? " IDLE TIMEOUT " + time.idleTimeout() / SECOND + "s"
                                    : "")
                            + (time.maxFutureSkew() == 30 * SECOND ? " MAX FUTURE SKEW 30s" : "");
            return tell(
                    "CREATE STREAM law (a VARCHAR, b BIGINT, ts TIMESTAMP(3), v BIGINT, d DOUBLE, m DECIMAL(10, 2), "
                            + "s VARCHAR" + watermark + ")");
        }

        private void step() throws Exception {
            int action = random.nextInt(10);
            if (action < 5) {
                boolean isLiteral = random.nextBoolean();
                int most = isLiteral ? 40 : random.nextInt(12) == 0 ? 10_000 : 400;
                insert(rows.next(1 + random.nextInt(most), clock.epochMicros(), isLiteral), isLiteral);
            } else if (action < 8) {
                advance(
                        random.nextInt(4) == 0
                                ? random.nextInt(100) * SECOND
                                : (long) (random.nextDouble() * 8 * SECOND));
            } else if (running.size() < MOST_QUERIES) {
                open(
                        LawQuery.random(random, "law", model.time().isEventTime()),
                        random.nextBoolean(),
                        random.nextBoolean());
            }
        }

        private void insert(List<LawModel.Values> values, boolean isLiteral) throws SQLException {
            tell("-- insert " + values.size() + " at " + LawQuery.text(clock.epochMicros()));
            if (isLiteral) {
                LawRows.insertLiterals(connection, "law", values);
            } else {
                LawRows.insertBatch(connection, "law", values);
            }
            model.append(values, clock.epochMicros());
        }

        private void advance(long micros) {
            tell("-- advance " + micros);
            clock.advance(micros);
        }

        private void open(LawQuery query, boolean isSinceBeginning, boolean usesStream) throws SQLException {
            String sql = tell(query.continuous(isSinceBeginning, usesStream));
            long after = isSinceBeginning ? LawModel.NONE : watermark(query);
            running.add(new Running(query, sql, after, new LawReader(url(), sql), isSinceBeginning, usesStream));
        }

        private long watermark(LawQuery query) {
            return query.isByAppendTime() ? clock.epochMicros() : model.watermark(clock.epochMicros());
        }

        private void check() throws Exception {
            for (Running one : running) {
                List<String> expected = one.query().answer(model, one.after(), watermark(one.query()));
                assertThat(one.reader().await(expected.size()))
                        .as("%s at %s", one.sql(), LawQuery.text(clock.epochMicros()))
                        .isEqualTo(expected);
            }
            LawQuery query = !running.isEmpty() && random.nextBoolean()
                    ? running.get(random.nextInt(running.size())).query()
                    : LawQuery.random(random, "law", model.time().isEventTime());
            try (Statement statement = connection.createStatement()) {
                assertThat(Rows.of(statement, query.bounded()))
                        .as(query.bounded())
                        .isEqualTo(query.answer(model, LawModel.NONE, Long.MAX_VALUE));
                long watermark = model.watermark(clock.epochMicros());
                List<String> shown =
                        List.of(Rows.of(statement, "SHOW STREAMS").get(0).split("\\|"));
                int kept = shown.size() - 2; // without retention, and since when
                assertThat(shown.get(kept)).isEqualTo("NULL");
                assertThat(String.join("|", shown.subList(0, kept)))
                        .contains("|" + model.rows().size() + "|")
                        .endsWith("|" + (watermark == LawModel.NONE ? "NULL" : LawQuery.text(watermark)) + "|"
                                + model.counts() + "|0");
            }
        }

        private void restart() throws Exception {
            tell("-- restart");
            stop();
            model.stop(clock.epochMicros());
            advance(random.nextInt(30) * SECOND);
            model.start(clock.epochMicros());
            start();
            List<Running> before = List.copyOf(running);
            running.clear();
            for (Running one : before) {
                open(one.query(), true, one.usesStream());
            }
        }

        private void drop() throws Exception {
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP STREAM law");
            }
            for (Running one : running) {
                assertThat((Throwable) one.reader().awaitEnd()).as(one.sql()).hasMessageContaining("has been dropped");
            }
        }

        private void start() throws SQLException {
            server = Server.start(
                    ServerSettings.defaults(data.resolve("round" + seed)).withPort(0), clock);
            connection = DriverManager.getConnection(url());
        }

        private void stop() throws SQLException {
            for (Running one : running) {
                one.reader().close();
            }
            if (connection != null) {
                connection.close();
            }
            if (server != null) {
                server.close();
            }
        }

        private String url() {
            return "jdbc:millrace://127.0.0.1:" + server.port();
        }

        private String tell(String sentence) {
            story.add(sentence);
            return sentence;
        }
    }
}
