package io.millrace.server;

import io.millrace.executor.EngineSettings;
import io.millrace.server.admin.AdminSettings;
import io.millrace.server.avatica.AvaticaSettings;
import io.millrace.server.connector.ConnectorSettings;
import io.millrace.server.logging.LogSettings;
import io.millrace.server.net.NetworkSettings;
import io.millrace.server.statement.PlanningSettings;
import io.millrace.server.statement.StatementSettings;
import io.millrace.settings.Settings;
import io.millrace.settings.SettingsSchema;
import java.nio.file.Path;

/** How a server runs: the one list of all records of settings, and their values. */
public record ServerSettings(Settings values) {
    /** An area's keys are known, documented and printed once its record stands here. */
    public static final SettingsSchema SCHEMA = new SettingsSchema(
            NetworkSettings.class,
            EngineSettings.class,
            StatementSettings.class,
            PlanningSettings.class,
            AvaticaSettings.class,
            ConnectorSettings.class,
            LogSettings.class,
            AdminSettings.class);

    private static final String PROGRAM = "program";

    public static ServerSettings defaults(Path dataDirectory) {
        return new ServerSettings(SCHEMA.defaults()).with("data.directory", dataDirectory.toString());
    }

    public ServerSettings withPort(int port) {
        return with("server.port", Integer.toString(port));
    }

    /** Sets what a file would set. */
    public ServerSettings with(String key, String text) {
        return new ServerSettings(values.with(key, text, PROGRAM));
    }

    /** The settings of one area. */
    public <R extends Record> R area(Class<R> type) {
        return values.area(type);
    }

    /** Makes every area once, so that what is wrong shows before anything has started. */
    void check() {
        SCHEMA.areas().forEach(values::area);
    }
}
