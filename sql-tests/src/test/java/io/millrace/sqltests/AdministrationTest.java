package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and metrics as a monitoring system sees them. */
class AdministrationTest {
    @TempDir
    private Path data;

    private Server server;

    @BeforeEach
    void start() {
        server = Server.start(ServerSettings.defaults(data).withPort(0));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static HttpResponse<String> get(int port, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private Exposition metrics() throws Exception {
        HttpResponse<String> answer = get(server.port(), "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        return Exposition.parse(answer.body());
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
    }

    @Test
    void viewsTellTheirRowsAndWork() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER)");
            statement.execute("CREATE MATERIALIZED VIEW v AS SELECT id, COUNT(*) AS n FROM t GROUP BY id");
            statement.execute("INSERT INTO t VALUES (1), (2), (2)");
            assertThat(Rows.of(statement, "SELECT COUNT(*) FROM v")).containsExactly("2");
            Exposition metrics = metrics();
            assertThat(metrics.value("millrace_view_rows{view=\"v\"}")).isEqualTo(2);
            assertThat(metrics.value("millrace_view_up{view=\"v\"}")).isEqualTo(1);
            assertThat(metrics.value("millrace_view_rows_in_total{view=\"v\"}")).isEqualTo(3);
            assertThat(metrics.value("millrace_view_state_bytes{view=\"v\"}")).isPositive();
            assertThat(metrics.value("millrace_views_position")).isPositive();
            assertThat(metrics.value("millrace_subscriptions")).isZero();
            statement.execute("DROP MATERIALIZED VIEW v");
            assertThat(metrics().has("millrace_view_rows{view=\"v\"}")).isFalse();
        }
    }

    @Test
    void theFiguresAreThoseOfWhatWasDone() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM t (id INTEGER, ts TIMESTAMP(3), WATERMARK FOR ts AS ts)");
            statement.execute("INSERT INTO t VALUES (1, TIMESTAMP '2026-01-01 00:00:02'), (2, NULL)");
            statement.execute("INSERT INTO t VALUES (3, TIMESTAMP '2026-01-01 00:00:01')");
            assertThat(Rows.of(statement, "SELECT id FROM t WHERE id > 1")).containsExactly("2", "3");
            assertThat(failure(statement, "SELECT none FROM t")).isEqualTo("42703");
            Exposition metrics = metrics();
            assertThat(metrics.value("millrace_stream_rows_total{stream=\"t\"}"))
                    .isEqualTo(3);
            assertThat(metrics.value("millrace_stream_late_rows_total{stream=\"t\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("millrace_stream_null_time_rows_total{stream=\"t\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("millrace_stream_up{stream=\"t\"}")).isEqualTo(1);
            assertThat(metrics.value("millrace_stream_size_bytes{stream=\"t\"}"))
                    .isPositive();
            assertThat(metrics.value("millrace_stream_watermark_lag_seconds{stream=\"t\"}"))
                    .isPositive();
            assertThat(metrics.value("millrace_statement_seconds_count{kind=\"insert\",outcome=\"ok\"}"))
                    .isEqualTo(2);
            assertThat(metrics.value("millrace_statement_seconds_count{kind=\"select\",outcome=\"ok\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("millrace_statement_rows_total{kind=\"insert\"}"))
                    .isEqualTo(3);
            assertThat(metrics.value("millrace_statement_rows_total{kind=\"select\"}"))
                    .isEqualTo(2);
            assertThat(metrics.value("millrace_statement_errors_total{sqlstate=\"42703\"}"))
                    .isEqualTo(1);
            assertThat(metrics.value("millrace_operator_rows_total{operator=\"FilterProject\"}"))
                    .isEqualTo(3);
            assertThat(metrics.value("millrace_append_seconds_count")).isGreaterThanOrEqualTo(2);
            assertThat(metrics.value("millrace_connections")).isEqualTo(1);
            assertThat(metrics.value("millrace_tcp_connections")).isPositive();
            assertThat(metrics.value("millrace_http_responses_total{status=\"2xx\"}"))
                    .isPositive();
            assertThat(metrics.value("millrace_disk_free_bytes")).isPositive();
            assertThat(metrics.value("millrace_query_memory_limit_bytes")).isPositive();
            assertThat(metrics.type("millrace_statement_seconds")).isEqualTo("histogram");
            assertThat(metrics.families())
                    .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime_seconds");
        }
    }

    private static String failure(Statement statement, String sql) {
        try {
            statement.executeQuery(sql).close();
            return "none";
        } catch (SQLException expected) {
            return expected.getSQLState();
        }
    }

    @Test
    void aDroppedStreamLeavesNoSeriesBehind() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM \"a \"\"b\"\"\" (id INTEGER)");
            String series = "millrace_stream_rows_total{stream=\"a \\\"b\\\"\"}";
            assertThat(metrics().value(series)).isZero();
            statement.execute("DROP STREAM \"a \"\"b\"\"\"");
            assertThat(metrics().has(series)).isFalse();
        }
    }

    @Test
    void whatRunsIsCountedByKind() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM t (id INTEGER)");
            try (ResultSet rows = statement.executeQuery("SELECT STREAM id FROM t")) {
                assertThat(rows.isClosed()).isFalse();
                assertThat(metrics().value("millrace_queries{kind=\"continuous\"}"))
                        .isEqualTo(1);
            }
            while (metrics().value("millrace_queries{kind=\"continuous\"}") > 0) {
                Thread.onSpinWait();
            }
            assertThat(metrics().has("millrace_statement_seconds_count{kind=\"continuous\",outcome=\"cancelled\"}"))
                    .isTrue();
        }
    }

    @Test
    void openMetricsIsSpokenToWhoeverAsksForIt() throws Exception {
        HttpResponse<String> answer =
                get(server.port(), "/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void aServerInOrderIsHealthy() throws Exception {
        HttpResponse<String> answer = get(server.port(), "/health");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}\n");
    }

    @Test
    void aFullDiskIsToldWithItsReason() throws Exception {
        server.close();
        server = Server.start(ServerSettings.defaults(data).withPort(0).with("data.min-free", "1000TiB"));
        HttpResponse<String> answer = get(server.port(), "/health");
        assertThat(answer.statusCode()).isEqualTo(503);
        Map<?, ?> json = new ObjectMapper().readValue(answer.body(), Map.class);
        assertThat(json.get("status")).isEqualTo("degraded");
        assertThat(json.get("reasons").toString())
                .matches("\\[the disk of the data directory has \\d+ MiB free, less than data.min-free = 1000TiB]");
    }

    @Test
    void aPortOfItsOwnIsTheOnlyOneThatAnswers() throws Exception {
        server.close();
        server = Server.start(ServerSettings.defaults(data).withPort(0).with("admin.port", "0"));
        assertThat(server.administrationPort()).isNotEqualTo(server.port());
        assertThat(get(server.administrationPort(), "/health").statusCode()).isEqualTo(200);
        assertThat(get(server.administrationPort(), "/metrics").body()).contains("millrace_build_info");
        assertThat(get(server.port(), "/health").statusCode()).isEqualTo(404);
        assertThat(get(server.port(), "/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void aWebPageWhoseNameLeadsHereIsRefused() throws Exception {
        assertThat(rawGet("evil.example:" + server.port())).startsWith("HTTP/1.1 403 ");
        assertThat(rawGet("localhost:" + server.port())).startsWith("HTTP/1.1 200 ");
        assertThat(rawGet("[::1]:" + server.port())).startsWith("HTTP/1.1 200 ");
    }

    private String rawGet(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request = "GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
