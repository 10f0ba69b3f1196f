package io.millrace.jdbc;

import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** The warnings of a connection or statement, the oldest first. Thread-safe. */
final class Warnings {
    private static final String WARNING = "01000";

    private @Nullable SQLWarning first;

    synchronized @Nullable SQLWarning first() {
        return first;
    }

    synchronized void clear() {
        first = null;
    }

    void add(String message) {
        add(WARNING, message);
    }

    synchronized void add(String state, String message) {
        SQLWarning warning = new SQLWarning(message, state);
        if (first == null) {
            first = warning;
        } else {
            first.setNextWarning(warning);
        }
    }
}
