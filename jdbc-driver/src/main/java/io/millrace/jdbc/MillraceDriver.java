package io.millrace.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/** The driver of {@code jdbc:millrace://host:port[?key=value&...]}. */
public final class MillraceDriver extends UnregisteredDriver {
    static {
        try {
            DriverManager.registerDriver(new MillraceDriver());
        } catch (SQLException failed) {
            throw new ExceptionInInitializerError(failed);
        }
    }

    @Override
    protected String getConnectStringPrefix() {
        return MillraceUrl.PREFIX;
    }

    @Override
    protected String getFactoryClassName(JdbcVersion version) {
        return MillraceFactory.class.getName();
    }

    @Override
    protected DriverVersion createDriverVersion() {
        String version = version();
        String[] numbers = version.split("[.-]");
        int major = Integer.parseInt(numbers[0]);
        int minor = Integer.parseInt(numbers[1]);
        return new DriverVersion(
                "Millrace JDBC Driver", version, "Millrace", version, false, major, minor, major, minor);
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        ConnectionSettings settings = MillraceUrl.parse(url, info == null ? new Properties() : info);
        MillraceConnection connection =
                new MillraceConnection(this, factory, settings.url(), new OpeningProperties(settings));
        connection.session().open();
        return connection;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) throws SQLException {
        return MillraceUrl.describe(url, info == null ? new Properties() : info);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.millrace.jdbc");
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return new RemoteSession(connection, ((MillraceConnection) connection).settings());
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = MillraceDriver.class.getResourceAsStream("driver.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return build.getProperty("version", "0.0");
    }
}
