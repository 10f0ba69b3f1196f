package io.millrace.jdbc;

import java.util.Map;
import java.util.UUID;

/** The name of one execution. */
record RequestId(UUID producer, long sequence) {
    static final String HEADER = "X-Millrace-Request";

    /** What its requests say. */
    Map<String, String> header() {
        return Map.of(HEADER, toString());
    }

    /** As the header says it. */
    @Override
    public String toString() {
        return producer + ":" + sequence;
    }
}
