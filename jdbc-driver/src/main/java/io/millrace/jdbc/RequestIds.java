package io.millrace.jdbc;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names each execution of a connection, so that the server knows one that is sent again. */
final class RequestIds {
    private final UUID producer = UUID.randomUUID();
    private final AtomicLong sequence = new AtomicLong();

    String next() {
        return producer + ":" + sequence.incrementAndGet();
    }
}
