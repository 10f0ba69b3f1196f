package io.millrace.server.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /health}: 200 and «ok», or 503 and «degraded»; the reasons only to a client on the same machine. */
final class HealthEndpoint implements HttpEndpoint {
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<HealthCheck> checks;

    HealthEndpoint(List<HealthCheck> checks) {
        this.checks = checks;
    }

    @Override
    public void handle(HttpExchange exchange) {
        List<String> problems =
                checks.stream().flatMap(check -> check.problems().stream()).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", problems.isEmpty() ? "ok" : "degraded");
        if (!problems.isEmpty() && LocalClients.isLocal(exchange)) {
            answer.put("reasons", problems);
        }
        exchange.respond(problems.isEmpty() ? OK : UNAVAILABLE, JSON, bytes(answer));
    }

    private static byte[] bytes(Map<String, Object> answer) {
        try {
            return (MAPPER.writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
