package io.millrace.server.net;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Counts connections and answers. Thread-safe. */
public final class HttpTraffic {
    private static final int CLASSES = 6;

    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder[] responses =
            IntStream.range(0, CLASSES).mapToObj(ignored -> new LongAdder()).toArray(LongAdder[]::new);

    public int connections() {
        return connections.get();
    }

    public long refusedConnections() {
        return refusedConnections.sum();
    }

    /** @param hundreds of the status: 2 for 200 to 299 */
    public long responses(int hundreds) {
        return responses[hundreds].sum();
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    void refused() {
        refusedConnections.increment();
    }

    void responded(HttpResponseStatus status) {
        responses[status.code() / 100].increment();
    }
}
