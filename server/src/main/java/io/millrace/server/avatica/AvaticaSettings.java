package io.millrace.server.avatica;

import io.millrace.settings.Setting;
import io.millrace.settings.SettingsSchema;
import java.time.Duration;

/** What clients may hold, and for how long. */
public record AvaticaSettings(
        @Setting(
                key = AvaticaSettings.CONNECTIONS,
                value = "2000",
                min = 1,
                description = "open JDBC connections; one more is refused with 53300")
        int maxConnections,

        @Setting(
                key = AvaticaSettings.CONNECTIONS_PER_CLIENT,
                value = "200",
                min = 1,
                description = "open JDBC connections of one address; for one more the one that has been idle longest"
                        + " is closed, or it is refused with 53300")
        int maxConnectionsPerClient,

        @Setting(
                key = AvaticaSettings.STATEMENTS,
                value = "1000",
                min = 1,
                description = "open statements of a connection; for one more the one that has been idle longest is"
                        + " closed, or it is refused with 53300")
        int maxStatementsPerConnection,

        @Setting(
                key = "limits.vanished-client",
                value = "8s",
                min = 1,
                description = "after which the running query of a client whose TCP connection is gone is" + " ended")
        Duration vanishedTimeout,

        @Setting(
                key = "limits.silent-query",
                value = "5m",
                min = 1,
                description = "after which a running query that nobody fetches from is ended though its"
                        + " client is connected")
        Duration silentTimeout,

        @Setting(
                key = "limits.idle-connection",
                value = "30m",
                min = 1,
                description = "after which a JDBC connection without requests is closed")
        Duration idleTimeout,

        @Setting(
                key = "limits.poll",
                value = "1s",
                min = 1,
                description =
                        "how long a fetch of a foreign client waits for rows before it is answered" + " without any")
        Duration pollTimeout,

        @Setting(
                key = "server.statement-threads",
                value = "32",
                min = 1,
                max = 1_024,
                description = "threads that plan and execute statements")
        int workers) {
    public static final String CONNECTIONS = "limits.connections";
    public static final String CONNECTIONS_PER_CLIENT = "limits.connections-per-client";
    public static final String STATEMENTS = "limits.statements-per-connection";

    public static final AvaticaSettings DEFAULT =
            new SettingsSchema(AvaticaSettings.class).defaults().area(AvaticaSettings.class);
}
