package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.OutputColumn;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The server")
class ClientExpiryTest {
    private static final List<OutputColumn> NUMBER = List.of(new OutputColumn("n", DataType.of(Kind.BIGINT)));

    @Test
    void ends_the_query_of_a_client_that_has_vanished() throws IOException {
        try (TestServer server = new TestServer(TestServer.settings(300, 300_000, 1_000))) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            ScriptedCursor cursor = server.executor.query("tail", new ScriptedCursor(NUMBER));
            int statement = client.start("tail");
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.write(("POST /millrace/fetch HTTP/1.1\r\nHost: h\r\nContent-Length: 25\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.writeByte(1);
                out.writeUTF("c1");
                out.writeInt(statement);
                out.writeLong(0);
                out.writeInt(10);
                out.writeInt(30_000);
                Await.until(cursor::isParked);
            }
            Await.until(cursor::isClosed);
            WireClient.Frame gone = client.fetch(statement, 0, 10, 10);
            assertThat(gone.sqlState()).isEqualTo("57014");
            assertThat(gone.message()).isEqualTo("query cancelled: its client has gone");
        }
    }

    @Test
    void ends_a_query_from_which_nobody_fetches() {
        try (TestServer server = new TestServer(TestServer.settings(300_000, 300, 1_000))) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            ScriptedCursor cursor = server.executor.query("tail", new ScriptedCursor(NUMBER));
            client.start("tail");
            Await.until(cursor::isClosed);
        }
    }

    @Test
    void leaves_a_query_alone_that_waits_for_rows() {
        try (TestServer server = new TestServer(TestServer.settings(300_000, 300, 1_000))) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            ScriptedCursor cursor = server.executor.query("tail", new ScriptedCursor(NUMBER));
            int statement = client.start("tail");
            assertThat(client.fetch(statement, 0, 10, 2_000).isError()).isFalse();
            assertThat(cursor.isCancelled()).isFalse();
        }
    }

    @Test
    void leaves_a_query_alone_whose_client_gives_signs_of_life() {
        try (TestServer server = new TestServer(TestServer.settings(300_000, 2_000, 1_000))) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            ScriptedCursor cursor = server.executor.query("tail", new ScriptedCursor(NUMBER));
            client.start("tail");
            long start = System.nanoTime();
            while (System.nanoTime() - start < 3_000_000_000L) {
                assertThat(client.keepAlive().isError()).isFalse();
            }
            assertThat(cursor.isClosed()).isFalse();
            Await.until(cursor::isClosed);
        }
    }

    @Test
    void passes_on_the_limits_that_a_client_sends_in_headers() {
        try (TestServer server = new TestServer()) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            server.executor.query("tail", new ScriptedCursor(NUMBER));
            int statement = client.start("tail");
            client.execute(statement, "tail", "X-Millrace-Timeout", "1500", "X-Millrace-Max-Rows", "7");
            assertThat(server.executor.executions.get(1).options().timeoutMillis())
                    .isEqualTo(1_500);
            assertThat(server.executor.executions.get(1).options().maxRows()).isEqualTo(7);
            JsonNode refused = client.execute(statement, "tail", "X-Millrace-Timeout", "soon");
            assertThat(refused.get("sqlState").asText()).isEqualTo("08P01");
        }
    }

    @Test
    void ends_all_queries_of_a_connection_that_is_closed() {
        try (TestServer server = new TestServer()) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            ScriptedCursor cursor = server.executor.query("tail", new ScriptedCursor(NUMBER));
            int statement = client.start("tail");
            client.json("{\"request\":\"closeConnection\",\"connectionId\":\"$c\"}");
            assertThat(cursor.isClosed()).isTrue();
            assertThat(client.fetch(statement, 0, 10, 10).sqlState()).isEqualTo("08003");
        }
    }

    @Test
    void limits_connections_and_statements() {
        try (TestServer server = new TestServer(TestServer.settings(1_000, 300_000, 1_000))) {
            WireClient client = new WireClient(server.port(), "c1");
            client.open();
            JsonNode reply = client.json("{\"request\":\"openConnection\",\"connectionId\":\"$c\"}");
            assertThat(reply.get("errorMessage").asText()).isEqualTo("the connection is open already");
            String create = "{\"request\":\"createStatement\",\"connectionId\":\"$c\"}";
            for (int i = 0; i < 50; i++) {
                assertThat(client.json(create).get("statementId").asInt()).isEqualTo(i);
            }
            assertThat(client.json(create).get("sqlState").asText()).isEqualTo("53300");
            for (int i = 0; i < 19; i++) {
                client.json("{\"request\":\"openConnection\",\"connectionId\":\"other" + i + "\"}");
            }
            assertThat(client.json("{\"request\":\"openConnection\",\"connectionId\":\"last\"}")
                            .get("sqlState")
                            .asText())
                    .isEqualTo("53300");
        }
    }
}
