package io.millrace.server.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object per line, for programs that gather logs. */
final class JsonLines extends Formatter {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String format(LogRecord line) {
        LogLine values = LogLine.of(line);
        StringWriter text = new StringWriter(300);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", values.time());
            json.writeStringField("level", values.level().name().toLowerCase(Locale.ROOT));
            json.writeStringField("logger", values.logger());
            json.writeStringField("thread", values.thread());
            json.writeStringField("message", values.message());
            if (values.trace() != null) {
                json.writeStringField("trace", values.trace());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.append('\n').toString();
    }
}
