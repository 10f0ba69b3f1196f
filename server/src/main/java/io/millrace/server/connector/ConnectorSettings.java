package io.millrace.server.connector;

import io.millrace.settings.ByteSize;
import io.millrace.settings.Setting;
import java.time.Duration;

/** What connectors may reach, and how they do it when their options do not say. */
public record ConnectorSettings(
        @Setting(
                key = FileRoots.SETTING,
                value = "",
                description = "directories, separated by commas, under which connectors may write files; none: no"
                        + " connector may")
        String fileRoots,

        @Setting(
                key = "sink.roll-interval",
                value = "1s",
                min = 1,
                description = "a sink ends a file after this time, if its option roll_interval does not say otherwise")
        Duration rollInterval,

        @Setting(
                key = "sink.roll-size",
                value = "64MiB",
                min = 1,
                description = "a sink ends a file of this size, if its option roll_size does not say otherwise")
        ByteSize rollSize) {}
