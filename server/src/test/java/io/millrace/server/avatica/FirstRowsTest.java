package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.LongColumn;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.OutputColumn;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The answer to an execution")
class FirstRowsTest {
    private static final List<OutputColumn> NUMBER = List.of(new OutputColumn("n", DataType.of(Kind.BIGINT)));

    private final TestServer server = new TestServer();
    private final WireClient client = new WireClient(server.port(), "c1");
    private ScriptedCursor cursor;
    private int statement;

    @BeforeEach
    void open() {
        client.open();
        cursor = server.executor.query("select", new ScriptedCursor(NUMBER));
        statement = client.json("{\"request\":\"createStatement\",\"connectionId\":\"$c\"}")
                .get("statementId")
                .asInt();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static LongColumn longs(long... values) {
        return new LongColumn(values, null, values.length);
    }

    @Test
    void brings_the_rows_that_are_there() {
        cursor.push(2, longs(10, 11)).end();
        WireClient.Executed executed = client.executeForRows(statement, "select", 100);
        assertThat(executed.message().get("results").get(0).get("statementId").asInt())
                .isEqualTo(statement);
        assertThat(executed.rows().offset()).isZero();
        assertThat(executed.rows().done()).isTrue();
        assertThat(executed.rows().longs()).containsExactly(10, 11);
        assertThat(cursor.isClosed()).isTrue();
    }

    @Test
    void brings_no_more_than_are_wished() {
        cursor.push(2, longs(1, 2)).push(2, longs(3, 4)).end();
        WireClient.Executed executed = client.executeForRows(statement, "select", 2);
        assertThat(executed.rows().done()).isFalse();
        assertThat(executed.rows().longs()).containsExactly(1, 2);
        assertThat(client.fetch(statement, 2, 10, 0).longs()).containsExactly(3, 4);
    }

    @Test
    void does_not_wait_for_rows() {
        WireClient.Executed executed = client.executeForRows(statement, "select", 2);
        assertThat(executed.rows().rowCount()).isZero();
        assertThat(executed.rows().done()).isFalse();
        cursor.push(1, longs(7)).end();
        assertThat(client.fetch(statement, 0, 10, 0).longs()).containsExactly(7);
    }

    @Test
    void that_is_sent_again_leaves_the_rows_to_a_fetch() {
        cursor.push(2, longs(10, 11)).end();
        String number = new UUID(1, 2) + ":1";
        WireClient.Executed first = client.executeForRows(statement, "select", 100, "X-Millrace-Request", number);
        assertThat(first.rows().longs()).containsExactly(10, 11);
        WireClient.Executed second = client.executeForRows(statement, "select", 100, "X-Millrace-Request", number);
        assertThat(second.message()).isEqualTo(first.message());
        assertThat(second.rows()).isNull();
        assertThat(client.fetch(statement, 0, 100, 0).longs()).containsExactly(10, 11);
        assertThat(server.executor.executions).hasSize(1);
    }

    @Test
    void is_the_failure_of_a_query_that_has_failed() {
        cursor.fail(new MillraceException(ErrorCode.DIVISION_BY_ZERO, "division by zero"));
        WireClient.Executed executed = client.executeForRows(statement, "select", 100);
        assertThat(executed.rows()).isNull();
        assertThat(executed.message().get("sqlState").asText()).isEqualTo("22012");
    }
}
