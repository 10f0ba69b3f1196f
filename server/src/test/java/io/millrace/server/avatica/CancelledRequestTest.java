package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A request that is cancelled by its number")
@Timeout(30)
class CancelledRequestTest {
    private static final String HEADER = "X-Millrace-Request";
    private static final String NUMBER = new UUID(1, 2) + ":7";

    private final TestServer server = new TestServer();
    private final WireClient client = new WireClient(server.port(), "c1");
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final ScriptedCursor cursor =
            new ScriptedCursor(List.of(new OutputColumn("n", DataType.of(DataType.Kind.BIGINT))));
    private int statement;

    @BeforeEach
    void open() {
        client.open();
        server.executor.update("insert");
        statement = client.json("{\"request\":\"createStatement\",\"connectionId\":\"$c\"}")
                .get("statementId")
                .asInt();
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        server.close();
    }

    /** The first call describes the query, the next is its execution. */
    private void slowQuery() {
        AtomicInteger calls = new AtomicInteger();
        server.executor.query("slow", () -> {
            if (calls.getAndIncrement() > 0) {
                started.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException ended) {
                    throw new IllegalStateException(ended);
                }
            }
            return cursor;
        });
    }

    @Test
    void is_refused_when_it_comes_later() {
        assertThat(client.cancelAsync(statement, HEADER, NUMBER).join().isError())
                .isFalse();
        JsonNode refused = client.execute(statement, "insert", HEADER, NUMBER);
        assertThat(refused.get("sqlState").asText()).isEqualTo("57014");
        assertThat(server.executor.executions).isEmpty();
    }

    @Test
    void ends_what_it_starts_before_the_cancellation_is_answered() throws Exception {
        slowQuery();
        CompletableFuture<JsonNode> execution =
                client.jsonAsync(WireClient.executeMessage(statement, "slow"), HEADER, NUMBER);
        started.await();
        CompletableFuture<WireClient.Frame> cancelled = client.cancelAsync(statement, HEADER, NUMBER);
        assertThat(client.keepAlive().isError()).isFalse();
        assertThat(cancelled).isNotDone();
        goOn.countDown();
        assertThat(cancelled.join().isError()).isFalse();
        assertThat(cursor.isCancelled()).isTrue();
        assertThat(execution.join().get("results")).hasSize(1);
        assertThat(client.fetch(statement, 0, 10, 0).sqlState()).isEqualTo("57014");
    }

    @Test
    void must_be_named_by_a_number() {
        assertThat(client.cancelAsync(statement, HEADER, "nonsense").join().sqlState())
                .isEqualTo("08P01");
    }
}
