package io.millrace.jdbc;

import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Names the executions of a connection, so that the server knows one that is sent again. The numbers of one producer must
 * reach the server in their order, so a producer names one execution at a time; those that are free are used again.
 */
final class RequestIds {
    private final ConcurrentLinkedQueue<RequestId> answered = new ConcurrentLinkedQueue<>();

    RequestId next() {
        RequestId last = answered.poll();
        return last == null ? new RequestId(UUID.randomUUID(), 1) : new RequestId(last.producer(), last.sequence() + 1);
    }

    /** The server has carried it out: a greater number of its producer may follow. One without an answer may yet come. */
    void answered(RequestId id) {
        answered.add(id);
    }
}
