package io.millrace.sqltests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.TemporaryServer;
import io.millrace.sqltests.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random bounded queries give what SQL defines. {@code -Dmillrace.oracle.cases=100000 -Dmillrace.oracle.seed=7} runs others,
 * and as many as one likes.
 */
class BoundedQueriesTest {
    private static final int CASES = Integer.getInteger("millrace.oracle.cases", 2_000);
    private static final long SEED = Long.getLong("millrace.oracle.seed", 1);
    private static final int MOST_FAULTS = 20;

    /** In percent: what has no plan yet. */
    private static final int REFUSED = 10;
    /** In percent: what the validator takes for no SQL. */
    private static final int INVALID = 2;
    /** In percent: numbers that grow too large. */
    private static final int UNDECIDED = 2;

    @Test
    void random_bounded_queries_give_what_sql_defines() throws Exception {
        List<String> faults = new ArrayList<>();
        try (TestDatabase database = TemporaryServer.databases().open();
                Connection connection = DriverManager.getConnection(database.url());
                Millrace millrace = new Millrace(connection);
                CalciteEngine calcite = new CalciteEngine()) {
            Hunt hunt = new Hunt(millrace, new Definition(), calcite, faults::add);
            for (int done = 0; done < CASES && faults.size() < MOST_FAULTS; done += Hunt.QUERIES_PER_SEED) {
                hunt.run(SEED + done / Hunt.QUERIES_PER_SEED);
            }
            assertThat(faults).as("%s", String.join("\n", faults)).isEmpty();
            String told = hunt.counts() + " " + hunt.messages();
            assertThat(hunt.percent(Verdict.REFUSED)).as(told).isLessThanOrEqualTo(REFUSED);
            assertThat(hunt.percent(Verdict.INVALID)).as(told).isLessThanOrEqualTo(INVALID);
            assertThat(hunt.percent(Verdict.UNDECIDED)).as(told).isLessThanOrEqualTo(UNDECIDED);
        }
    }
}
