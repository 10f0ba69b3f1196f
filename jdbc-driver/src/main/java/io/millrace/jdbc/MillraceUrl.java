package io.millrace.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code jdbc:millrace://host:port[?key=value&...]}. */
final class MillraceUrl {
    static final String PREFIX = "jdbc:millrace:";
    static final int DEFAULT_PORT = 8765;

    /** The server takes a client that was heard of less recently for one that may be gone. */
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(20);

    private static final Pattern FORM =
            Pattern.compile("jdbc:millrace://(\\[[0-9a-fA-F:.]+]|[^/?:@\\[\\]]+)(?::(\\d{1,5}))?/?(?:\\?(.*))?");
    private static final Pattern PRODUCER = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min)?");

    /** The keys of the URL and of the properties. */
    enum Key {
        user(null, "name of the user"),
        password(null, "password of the user"),
        reconnect("true", "whether a lost connection is opened again (true or false)"),
        connectTimeout("10 s", "how long to wait for a connection, like 500 ms or 10 s"),
        retryTimeout("20 s", "how long a statement whose reply was lost is asked for again, like 500 ms or 20 s"),
        keepAlive("10 s", "how often the server is told that a result is still read, at most 20 s"),
        producer(null, "name under which a program numbers what it writes, over its restarts");

        private final @Nullable String standard;
        private final String description;

        Key(@Nullable String standard, String description) {
            this.standard = standard;
            this.description = description;
        }
    }

    private MillraceUrl() {}

    /** The properties win over the URL. */
    static ConnectionSettings parse(String url, Properties properties) throws SQLException {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            // the text may hold a password, so it is not repeated
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT, "malformed URL. Write jdbc:millrace://host:port?key=value&key=value");
        }
        int port = form.group(2) == null ? DEFAULT_PORT : Integer.parseInt(form.group(2));
        if (port == 0 || port > 65535) {
            throw SqlErrors.of(SqlErrors.CANNOT_CONNECT, "port " + port + " is out of range");
        }
        Map<Key, String> values = new LinkedHashMap<>();
        readQuery(form.group(3), values);
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            values.put(key(name), value);
        }
        return new ConnectionSettings(
                form.group(1),
                port,
                values.get(Key.user),
                values.get(Key.password),
                bool(values),
                duration(values, Key.connectTimeout),
                duration(values, Key.retryTimeout),
                keepAlive(values),
                producer(values));
    }

    static DriverPropertyInfo[] describe(String url, Properties properties) throws SQLException {
        Map<Key, String> given = new LinkedHashMap<>();
        Matcher form = FORM.matcher(url);
        if (form.matches()) {
            readQuery(form.group(3), given);
        }
        for (Key key : Key.values()) {
            String value = properties.getProperty(key.name());
            if (value != null) {
                given.put(key, value);
            }
        }
        Key[] keys = Key.values();
        DriverPropertyInfo[] described = new DriverPropertyInfo[keys.length];
        for (Key key : keys) {
            DriverPropertyInfo info = new DriverPropertyInfo(key.name(), given.getOrDefault(key, key.standard));
            info.description = key.description;
            if (key == Key.reconnect) {
                info.choices = new String[] {"true", "false"};
            }
            described[key.ordinal()] = info;
        }
        return described;
    }

    private static void readQuery(@Nullable String query, Map<Key, String> values) throws SQLException {
        if (query == null || query.isEmpty()) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw SqlErrors.of(SqlErrors.CANNOT_CONNECT, "malformed URL: each property is written as key=value");
            }
            Key key = key(pair.substring(0, equals));
            try {
                values.put(key, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException malformed) {
                throw SqlErrors.of(
                        SqlErrors.CANNOT_CONNECT,
                        "malformed value of connection property \"" + key + "\". Write a literal % as %25");
            }
        }
    }

    private static Key key(String name) throws SQLException {
        for (Key key : Key.values()) {
            if (key.name().equals(name)) {
                return key;
            }
        }
        throw SqlErrors.of(
                SqlErrors.CANNOT_CONNECT,
                "unknown connection property \"" + name
                        + "\". Known are user, password, reconnect, connectTimeout, retryTimeout,"
                        + " keepAlive and producer");
    }

    private static @Nullable String producer(Map<Key, String> values) throws SQLException {
        String name = values.get(Key.producer);
        if (name != null && !PRODUCER.matcher(name).matches()) {
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT,
                    "connection property \"producer\" must have 1 to 200 characters, without blanks");
        }
        return name;
    }

    private static boolean bool(Map<Key, String> values) throws SQLException {
        String text = values.getOrDefault(Key.reconnect, "true");
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw SqlErrors.of(
                SqlErrors.CANNOT_CONNECT,
                "connection property \"reconnect\" must be true or false, not \"" + text + "\"");
    }

    private static Duration keepAlive(Map<Key, String> values) throws SQLException {
        Duration interval = duration(values, Key.keepAlive);
        if (interval.isZero() || interval.compareTo(LONGEST_KEEP_ALIVE) > 0) {
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT,
                    "connection property \"keepAlive\" must be more than 0 and at most "
                            + LONGEST_KEEP_ALIVE.toSeconds() + " s");
        }
        return interval;
    }

    private static Duration duration(Map<Key, String> values, Key key) throws SQLException {
        String text = values.getOrDefault(key, String.valueOf(key.standard));
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw SqlErrors.of(
                    SqlErrors.CANNOT_CONNECT,
                    "connection property \"" + key + "\" must be a duration like 500 ms or 20 s, not \"" + text + "\"");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null || unit.equals("s")) {
            return Duration.ofSeconds(amount);
        }
        return unit.equals("ms") ? Duration.ofMillis(amount) : Duration.ofMinutes(amount);
    }
}
