package io.millrace.jdbc;

import java.util.Properties;

/** What the library's connection may know, all but the password; carries the settings through its constructor. */
final class OpeningProperties extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient ConnectionSettings settings;

    OpeningProperties(ConnectionSettings settings) {
        this.settings = settings;
        if (settings.user() != null) {
            setProperty("user", settings.user());
        }
        // 0 lets the driver choose the size of a frame
        setProperty("fetch_size", "0");
    }

    ConnectionSettings settings() {
        return settings;
    }
}
