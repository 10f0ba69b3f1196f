package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.executor.log.ProducerSequence;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A numbered request")
class RepeatedRequestTest {
    private static final String NUMBER = "X-Millrace-Request";
    private static final UUID PRODUCER = new UUID(1, 2);

    private final TestServer server = new TestServer();
    private final WireClient client = new WireClient(server.port(), "c1");
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
        server.close();
    }

    @Test
    void that_is_sent_again_is_carried_out_once() {
        JsonNode first = client.execute(statement, "insert", NUMBER, PRODUCER + ":7");
        JsonNode second = client.execute(statement, "insert", NUMBER, PRODUCER + ":7");
        assertThat(second).isEqualTo(first);
        assertThat(server.executor.executions).hasSize(1);
        ProducerSequence sent = server.executor.executions.get(0).options().producer();
        assertThat(sent.producer()).isEqualTo(PRODUCER);
        client.execute(statement, "insert", NUMBER, PRODUCER + ":8");
        assertThat(server.executor.executions).hasSize(2);
        assertThat(server.executor.executions.get(1).options().producer().sequence())
                .isGreaterThan(sent.sequence());
    }

    @Test
    void waits_for_the_one_under_way() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        server.executor.beforeUpdate = () -> {
            started.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        String message = WireClient.executeMessage(statement, "insert");
        CompletableFuture<JsonNode> first = client.jsonAsync(message, NUMBER, PRODUCER + ":0");
        started.await();
        CompletableFuture<JsonNode> second = client.jsonAsync(message, NUMBER, PRODUCER + ":0");
        goOn.countDown();
        assertThat(second.join()).isEqualTo(first.join());
        assertThat(server.executor.executions).hasSize(1);
    }

    @Test
    void is_refused_when_another_had_its_number() {
        client.execute(statement, "insert", NUMBER, PRODUCER + ":1");
        JsonNode refused = client.execute(statement, "other", NUMBER, PRODUCER + ":1");
        assertThat(refused.get("sqlState").asText()).isEqualTo("08P01");
        assertThat(client.execute(statement, "insert", NUMBER, "nonsense")
                        .get("sqlState")
                        .asText())
                .isEqualTo("08P01");
    }

    @Test
    void may_come_again_for_a_new_statement_when_the_old_was_not_there() {
        String number = PRODUCER + ":5";
        assertThat(client.execute(999, "insert", NUMBER, number)
                        .get("missingStatement")
                        .asBoolean())
                .isTrue();
        JsonNode unknown = new WireClient(server.port(), "nobody").execute(0, "insert", NUMBER, number);
        assertThat(unknown.get("errorCode").asInt()).isEqualTo(1);
        assertThat(client.execute(statement, "insert", NUMBER, number).get("results"))
                .hasSize(1);
    }

    @Test
    void gives_each_statement_of_a_batch_a_sequence_of_its_own() {
        client.json(
                "{\"request\":\"prepareAndExecuteBatch\",\"connectionId\":\"$c\",\"statementId\":" + statement
                        + ",\"sqlCommands\":[\"insert\",\"insert\"]}",
                NUMBER,
                PRODUCER + ":3");
        assertThat(server.executor.executions.stream()
                        .map(execution -> execution.options().producer().sequence())
                        .distinct())
                .hasSize(2);
    }
}
