package io.millrace.shell;

/** The JDBC URL of a server, which may be given as {@code host:port}. */
public final class ServerUrl {
    /** Where a server listens that was started without options. */
    public static final String DEFAULT = "jdbc:millrace://localhost:8765";

    private static final String PREFIX = "jdbc:millrace://";

    private ServerUrl() {}

    /** A text that begins with {@code jdbc:} is left as it is. */
    public static String of(String text) {
        return text.startsWith("jdbc:") ? text : PREFIX + text;
    }
}
