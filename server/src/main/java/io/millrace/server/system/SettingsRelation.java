package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.settings.SettingValue;
import io.millrace.settings.Settings;
import java.util.List;

/** {@code sys.settings}: what the server was started with, and why. */
final class SettingsRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "settings",
            List.of(
                    SystemRelation.text("key"),
                    SystemRelation.text("setting"),
                    SystemRelation.text("default_setting"),
                    SystemRelation.text("type"),
                    SystemRelation.text("source"),
                    SystemRelation.text("description")));

    private final Settings settings;

    SettingsRelation(Settings settings) {
        this.settings = settings;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        for (SettingValue value : settings.values()) {
            rows.add(
                    value.key(),
                    value.text(),
                    value.definition().defaultText(),
                    value.definition().type(),
                    value.source(),
                    value.definition().description());
        }
    }
}
