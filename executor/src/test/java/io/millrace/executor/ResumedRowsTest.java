package io.millrace.executor;

import static io.millrace.executor.EngineFixture.SECOND;
import static io.millrace.executor.EngineFixture.output;
import static io.millrace.executor.EngineFixture.row;
import static io.millrace.executor.EngineFixture.rows;
import static io.millrace.executor.EngineFixture.scan;
import static io.millrace.executor.EngineFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.view.ResumePlace;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and windows of which a reader has some, and is given the rest by another query. */
class ResumedRowsTest {
    private static final int ROUNDS = 80;
    private static final int LIMIT = 10;

    /** A reader that is cut off at random moments, and goes on. */
    private static final class Reader {
        private final EngineFixture fixture;
        private final PlanNode plan;
        private final int maxRows;
        private final List<List<Long>> rows = new ArrayList<>();

        private ResultCursor cursor;
        private String token;
        private long since;
        private long offset;
        private int moves;

        Reader(EngineFixture fixture, PlanNode plan, StartPosition start, int maxRows) {
            this.fixture = fixture;
            this.plan = plan;
            this.maxRows = maxRows;
            QueryOptions options = new QueryOptions("SELECT", "test", maxRows, 0);
            cursor = fixture.engine.execute(plan, output(plan), true, start, options);
            token = String.valueOf(cursor.resumeToken());
        }

        void read(int most) {
            ResultBatch batch = cursor.poll(most);
            if (batch != null) {
                rows.addAll(rows(batch));
                offset += batch.rowCount();
                since += batch.rowCount();
            }
            ResumePlace place = cursor.place();
            if (place != null) {
                moves += place.token().equals(token) ? 0 : 1;
                token = place.token();
                since = offset - place.first();
            }
        }

        void readAll() {
            fixture.engine.flush();
            for (int before = -1; before < rows.size() && !cursor.isFinished(); ) {
                before = rows.size();
                read(4096);
            }
        }

        void cutOff() {
            cursor.close();
            QueryOptions options = new QueryOptions("SELECT", "test", maxRows, 0)
                    .resuming(ResumePoint.parse(token + ";" + rows.size() + ";" + since + ";-1;-1;0"));
            cursor = fixture.engine.execute(plan, output(plan), true, StartPosition.NOW, options);
            offset = 0;
            if (since > 0) {
                fixture.engine.flush();
                ResultBatch last = cursor.poll(1);
                assertThat(last).as("the last row comes again").isNotNull();
                assertThat(rows(last).get(0)).isEqualTo(rows.get(rows.size() - 1));
                offset = 1;
            }
        }
    }

    private static List<PlanNode> plans() {
        return List.of(
                scan(1),
                windows(WindowSpec.tumble(10 * SECOND, 0), TimeAttribute.EVENT_TIME),
                windows(WindowSpec.hop(9 * SECOND, 3 * SECOND, 0), TimeAttribute.EVENT_TIME),
                windows(WindowSpec.cumulate(12 * SECOND, 4 * SECOND, 0), TimeAttribute.EVENT_TIME),
                windows(WindowSpec.tumble(3 * SECOND, 0), TimeAttribute.ROW_TIME),
                windows(WindowSpec.session(SECOND / 2), TimeAttribute.EVENT_TIME));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void are_all_given_once_and_in_order(long seed) {
        for (PlanNode plan : plans()) {
            Random random = new Random(seed);
            try (EngineFixture fixture = new EngineFixture(seed, 20, 65_536).open()) {
                append(fixture, random, 0);
                Reader whole = new Reader(fixture, plan, StartPosition.NOW, 0);
                Reader cut = new Reader(fixture, plan, StartPosition.NOW, 0);
                Reader limited = new Reader(fixture, plan, StartPosition.NOW, LIMIT);
                fixture.engine.flush();
                for (int round = 1; round <= ROUNDS; round++) {
                    append(fixture, random, round);
                    fixture.clock.advance(random.nextInt((int) (2 * SECOND)));
                    fixture.engine.flush();
                    for (Reader reader : List.of(cut, limited)) {
                        if (reader.cursor.isFinished()) {
                            continue;
                        }
                        reader.read(1 + random.nextInt(12));
                        if (random.nextInt(4) == 0 && !reader.cursor.isFinished()) {
                            reader.cutOff();
                        }
                    }
                }
                fixture.append(row(100_000L, 1, 1));
                fixture.clock.advance(5 * SECOND); // less than makes the stream idle
                List.of(whole, cut, limited).forEach(Reader::readAll);
                assertThat(cut.rows).as("seed " + seed + ", " + plan).isEqualTo(whole.rows);
                assertThat(limited.rows).as("seed " + seed + ", " + plan).isEqualTo(whole.rows.subList(0, LIMIT));
                assertThat(limited.cursor.isFinished()).isTrue();
                boolean isSession = plan.toString().contains("SESSION");
                assertThat(cut.moves).as("places, seed " + seed + ", " + plan).matches(moves -> moves > 5 || isSession);
            }
        }
    }

    private static void append(EngineFixture fixture, Random random, int round) {
        List<Object[]> rows = new ArrayList<>();
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            rows.add(row((long) round + random.nextInt(8) - (random.nextInt(5) == 0 ? 12 : 0), random.nextInt(5), i));
        }
        if (count > 0) {
            fixture.append(1, rows);
        }
    }

    @Test
    void are_not_read_again_from_where_the_query_began() {
        try (EngineFixture fixture = EngineFixture.withDefaults().open()) {
            Reader reader = new Reader(fixture, scan(1), StartPosition.BEGINNING, 0);
            for (int i = 0; i < 1_000; i++) {
                fixture.append(row((long) i, 1, i));
            }
            reader.readAll();
            reader.cutOff();
            fixture.append(row(1_000L, 1, 1_000));
            reader.readAll();
            assertThat(reader.rows).hasSize(1_001);
            long read =
                    fixture.engine.metrics(fixture.engine.queries().get(0).id()).rowsIn();
            assertThat(read).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void of_a_log_that_has_lost_its_end_are_not_waited_for() {
        try (EngineFixture fixture = EngineFixture.withDefaults().open()) {
            Reader reader = new Reader(fixture, scan(1), StartPosition.NOW, 0);
            reader.token = reader.token.replace(".0.0.", ".7.70.");
            assertThatThrownBy(reader::cutOff)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("fewer rows than when it began");
        }
    }
}
