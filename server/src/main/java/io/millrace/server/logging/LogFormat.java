package io.millrace.server.logging;

import java.util.logging.Formatter;

/** How a log line is written. */
public enum LogFormat {
    TEXT,
    JSON;

    Formatter formatter() {
        return this == JSON ? new JsonLines() : new TextLines();
    }
}
