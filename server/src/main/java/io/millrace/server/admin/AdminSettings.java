package io.millrace.server.admin;

import io.millrace.settings.Setting;
import java.util.Optional;

/** Where health and metrics are answered. */
public record AdminSettings(
        @Setting(
                key = "admin.host",
                value = "127.0.0.1",
                description =
                        "the address to listen on for health and metrics, when they have a port of" + " their own")
        String host,

        @Setting(
                key = "admin.port",
                value = "",
                max = 65_535,
                description = "a port of its own for health and metrics; without, the server's port answers")
        Optional<Integer> port) {}
