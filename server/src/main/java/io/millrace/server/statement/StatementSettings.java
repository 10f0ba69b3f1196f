package io.millrace.server.statement;

import io.millrace.settings.Setting;
import java.time.Duration;

/** How statements are executed. */
public record StatementSettings(
        @Setting(
                key = "query.timeout",
                value = "60s",
                option = "--query-timeout",
                description = "after which a bounded statement is ended with 57014 unless its client sets a"
                        + " time of its own; 0 for never")
        Duration boundedTimeout) {}
