package io.millrace.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

    /** @param header as the server sends it: {@code <SQLSTATE> <text, percent-encoded>} */
    void addFromServer(String header) {
        int blank = header.indexOf(' ');
        if (blank == WARNING.length()) {
            add(header.substring(0, blank), URLDecoder.decode(header.substring(blank + 1), StandardCharsets.UTF_8));
        }
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
