package io.millrace.server.logging;

import java.util.logging.Level;

/** SLF4J's levels, by their JDK equivalents. */
public enum LogLevel {
    OFF(Level.OFF),
    ERROR(Level.SEVERE),
    WARN(Level.WARNING),
    INFO(Level.INFO),
    DEBUG(Level.FINE),
    TRACE(Level.FINEST);

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    static LogLevel of(Level level) {
        for (LogLevel candidate : values()) {
            if (level.intValue() >= candidate.level.intValue()) {
                return candidate;
            }
        }
        return TRACE;
    }
}
