package io.millrace.server.logging;

import io.millrace.error.ErrorKind;
import io.millrace.error.MillraceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** What a log line tells, in whatever format. */
record LogLine(
        String time,
        LogLevel level,
        String logger,
        String thread,
        String message,
        @Nullable String trace) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Formatter MESSAGES = new Formatter() {
        @Override
        public String format(LogRecord line) {
            return formatMessage(line);
        }
    };

    static LogLine of(LogRecord line) {
        Instant instant = line.getInstant();
        Throwable thrown = line.getThrown();
        String message = MESSAGES.format(line);
        return new LogLine(
                TIME.format(instant),
                LogLevel.of(line.getLevel()),
                String.valueOf(line.getLoggerName()),
                Thread.currentThread().getName(), // handlers run on the thread that logs
                isExpected(thrown) ? message + ": " + thrown.getMessage() : message,
                thrown == null || isExpected(thrown) ? null : trace(thrown));
    }

    /** A failure whose message says all: its place in our code helps nobody. */
    private static boolean isExpected(@Nullable Throwable thrown) {
        return thrown instanceof MillraceException known && known.code().kind() != ErrorKind.INTERNAL;
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
