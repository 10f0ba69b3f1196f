package io.millrace.server.admin;

import io.micrometer.core.instrument.Tags;
import io.millrace.server.net.HttpTraffic;

/** TCP connections and HTTP answers. */
final class TrafficMeters {
    TrafficMeters(Meters meters, HttpTraffic traffic) {
        meters.gauge("millrace.tcp.connections", "that are open", Tags.empty(), traffic::connections);
        meters.counter(
                "millrace.tcp.connections.refused",
                "closed at once, because there were too many",
                Tags.empty(),
                traffic::refusedConnections);
        for (int hundreds = 2; hundreds <= 5; hundreds++) {
            int statusClass = hundreds;
            meters.counter(
                    "millrace.http.responses",
                    "by the class of their status",
                    Tags.of("status", hundreds + "xx"),
                    () -> traffic.responses(statusClass));
        }
    }
}
