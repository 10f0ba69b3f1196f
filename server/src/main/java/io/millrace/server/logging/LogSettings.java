package io.millrace.server.logging;

import io.millrace.settings.ByteSize;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingsSchema;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What is logged, and where to. */
public record LogSettings(
        @Setting(
                key = "log.level",
                value = "info",
                description = "the least level that is logged, where no logger has its own")
        LogLevel level,

        @Setting(
                key = "log.level.*",
                value = "",
                description = "the least level of a logger and those below it, such as"
                        + " log.level.io.millrace.server = debug")
        Map<String, LogLevel> levels,

        @Setting(key = "log.format", value = "text", description = "a log line as text, or as one JSON object")
        LogFormat format,

        @Setting(
                key = "log.file",
                value = "",
                description = "a file to log to, with .0 added, .1 for the one before; without, lines go to"
                        + " standard error")
        Optional<Path> file,

        @Setting(
                key = "log.file-size",
                value = "64MiB",
                min = 1 << 10,
                description = "of a log file, after which the next is begun")
        ByteSize fileSize,

        @Setting(
                key = "log.files",
                value = "8",
                min = 2,
                max = 1_000,
                description = "log files that are kept, with the one that is written")
        int files) {
    /** For commands whose output is for people: only what went wrong. */
    public static LogSettings quiet() {
        return new SettingsSchema(LogSettings.class)
                .defaults()
                .with("log.level", "warn", "program")
                .area(LogSettings.class);
    }
}
