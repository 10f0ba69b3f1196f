package io.millrace.server.statement;

import io.millrace.settings.ByteSize;
import io.millrace.settings.Setting;
import java.time.Duration;

/** How statements are executed, and which are logged. */
public record StatementSettings(
        @Setting(
                key = "query.timeout",
                value = "60s",
                option = "--query-timeout",
                description = "after which a bounded statement is ended with 57014 unless its client sets a"
                        + " time of its own; 0 for never")
        Duration boundedTimeout,

        @Setting(
                key = "query.result-cache",
                value = "16MiB",
                description =
                        "what results of queries over tables and views may take together that are kept for whoever asks"
                                + " the same again before anything has changed; 0 for none")
        ByteSize resultCache,

        @Setting(
                key = "log.slow-statement",
                value = "10s",
                description = "a statement that took longer is logged when it has ended; 0 for none")
        Duration slowStatement,

        @Setting(
                key = "log.statement-length",
                value = "500",
                min = 1,
                description = "characters of a statement's SQL that are logged")
        int loggedCharacters) {}
