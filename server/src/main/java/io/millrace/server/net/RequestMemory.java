package io.millrace.server.net;

import java.util.concurrent.atomic.AtomicLong;

/** What the bodies of all requests take that are being read or answered. Thread-safe. */
final class RequestMemory {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    RequestMemory(long limit) {
        this.limit = limit;
    }

    /** The bodies of one connection that are being read. For one thread. */
    Account open() {
        return new Account();
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** The body of a connection that is being read. */
    final class Account {
        private long reading;

        /** Returns false when there is no room for so many bytes more. */
        boolean read(long bytes) {
            reading += bytes;
            return used.addAndGet(bytes) <= limit;
        }

        /** The body is complete: whoever answers the request releases so many bytes. */
        long handOver() {
            long bytes = reading;
            reading = 0;
            return bytes;
        }

        /** The rest will not come. */
        void abandon() {
            release(handOver());
        }
    }
}
