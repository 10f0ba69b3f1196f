package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.executor.column.LongColumn;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.OutputColumn;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A prepared statement")
@Timeout(30)
class SmallStatementTest {
    private final TestServer server = new TestServer();
    private final WireClient client = new WireClient(server.port(), "c1");

    @BeforeEach
    void open() {
        client.open();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int prepared() {
        ScriptedCursor cursor = server.executor.query(
                "select", new ScriptedCursor(List.of(new OutputColumn("n", DataType.of(Kind.BIGINT)))));
        cursor.push(1, new LongColumn(new long[] {7}, null, 1)).end();
        return client.json("{\"request\":\"prepare\",\"connectionId\":\"$c\",\"sql\":\"select\",\"maxRowCount\":-1}")
                .get("statement")
                .get("id")
                .asInt();
    }

    private JsonNode execute(int statement, String... headers) {
        return client.json(
                "{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\"$c\",\"id\":" + statement
                        + ",\"signature\":null},\"parameterValues\":[],\"maxRowCount\":10}",
                headers);
    }

    private void runs(String thread) {
        JsonNode executed = execute(prepared());
        assertThat(executed.get("results").get(0).get("firstFrame").get("rows")).hasToString("[[7]]");
        assertThat(server.executor.threads).singleElement().asString().startsWith(thread);
    }

    @Test
    void that_is_small_runs_on_the_thread_that_received_the_request() {
        server.executor.isSmall = true;
        runs("millrace-net");
    }

    @Test
    void that_may_take_long_runs_on_another() {
        runs("millrace-statement");
    }

    @Test
    void whose_columns_are_known_is_not_described_again() {
        int statement = prepared();
        assertThat(execute(statement).get("results").get(0).get("signature").get("columns"))
                .hasSize(1);
        JsonNode known =
                execute(statement, "X-Millrace-Columns", "known").get("results").get(0);
        assertThat(known.get("signature").isNull()).isTrue();
        assertThat(known.get("updateCount").asInt()).isEqualTo(-1);
    }

    @Test
    void that_is_not_there_is_missing_as_ever() {
        server.executor.isSmall = true;
        assertThat(execute(999).get("missingStatement").asBoolean()).isTrue();
        JsonNode unknown = new WireClient(server.port(), "nobody")
                .json("{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\"$c\",\"id\":1,"
                        + "\"signature\":null},\"parameterValues\":[],\"maxRowCount\":10}");
        assertThat(unknown.get("errorCode").asInt()).isEqualTo(1);
    }
}
