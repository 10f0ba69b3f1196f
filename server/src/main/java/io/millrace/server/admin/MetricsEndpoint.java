package io.millrace.server.admin;

import io.millrace.server.net.HttpEndpoint;
import io.millrace.server.net.HttpExchange;
import java.nio.charset.StandardCharsets;

/** {@code GET /metrics}: all figures, in the format that Prometheus asks for. */
final class MetricsEndpoint implements HttpEndpoint {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Meters meters;

    MetricsEndpoint(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void handle(HttpExchange exchange) {
        String accepted = exchange.header("accept");
        String type = accepted != null && accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        exchange.respond(200, type, meters.scrape(type).getBytes(StandardCharsets.UTF_8));
    }
}
