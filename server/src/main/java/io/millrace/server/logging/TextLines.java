package io.millrace.server.logging;

import com.google.common.base.CharMatcher;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line for people, and below it the trace of a defect; a message, which may quote a client, cannot break the line. */
final class TextLines extends Formatter {
    private static final CharMatcher BREAKS = CharMatcher.javaIsoControl();

    @Override
    public String format(LogRecord line) {
        LogLine values = LogLine.of(line);
        String name = values.logger().substring(values.logger().lastIndexOf('.') + 1);
        StringBuilder text = new StringBuilder(200)
                .append(values.time())
                .append(' ')
                .append(values.level())
                .append(values.level().name().length() < 5 ? "  [" : " [")
                .append(values.thread())
                .append("] ")
                .append(name)
                .append(": ")
                .append(BREAKS.replaceFrom(values.message(), ' '))
                .append('\n');
        return values.trace() == null
                ? text.toString()
                : text.append(values.trace()).toString();
    }
}
