package io.millrace.jdbc;

import java.util.UUID;

/** The name of one execution. */
record RequestId(UUID producer, long sequence) {
    /** As the header of its requests says it. */
    @Override
    public String toString() {
        return producer + ":" + sequence;
    }
}
