package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import org.apache.calcite.avatica.Meta.DatabaseProperty;
import org.jspecify.annotations.Nullable;

/** What the product is called, which words it knows and how it treats names. */
abstract class ProductMetaData implements DatabaseMetaData {
    final MillraceConnection connection;

    private volatile @Nullable Map<DatabaseProperty, Object> properties;

    ProductMetaData(MillraceConnection connection) {
        this.connection = connection;
    }

    /** What the server tells of itself; asked for once. */
    private Object property(DatabaseProperty property) throws SQLException {
        Map<DatabaseProperty, Object> known = properties;
        if (known == null) {
            connection.checkOpen();
            known = RemoteFailure.translate(() -> connection.session().getDatabaseProperties(connection.handle));
            properties = known;
        }
        Object value = known.get(property);
        if (value == null) {
            throw SqlErrors.of(SqlErrors.PROTOCOL, "the server does not tell its " + property);
        }
        return value;
    }

    private String text(DatabaseProperty property) throws SQLException {
        return property(property).toString();
    }

    private int number(DatabaseProperty property) throws SQLException {
        return ((Number) property(property)).intValue();
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    /** Without user and password. */
    @Override
    public String getURL() {
        return connection.settings().url();
    }

    /** Null when the connection was opened without a name. */
    @Override
    public @Nullable String getUserName() {
        return connection.settings().user();
    }

    @Override
    public String getDatabaseProductName() throws SQLException {
        return text(DatabaseProperty.GET_DATABASE_PRODUCT_NAME);
    }

    @Override
    public String getDatabaseProductVersion() throws SQLException {
        return text(DatabaseProperty.GET_DATABASE_PRODUCT_VERSION);
    }

    @Override
    public int getDatabaseMajorVersion() throws SQLException {
        return number(DatabaseProperty.GET_DATABASE_MAJOR_VERSION);
    }

    @Override
    public int getDatabaseMinorVersion() throws SQLException {
        return number(DatabaseProperty.GET_DATABASE_MINOR_VERSION);
    }

    @Override
    public String getDriverName() {
        return connection.version().name;
    }

    @Override
    public String getDriverVersion() {
        return connection.version().versionString;
    }

    @Override
    public int getDriverMajorVersion() {
        return connection.version().majorVersion;
    }

    @Override
    public int getDriverMinorVersion() {
        return connection.version().minorVersion;
    }

    @Override
    public int getJDBCMajorVersion() {
        return MillraceFactory.JDBC_MAJOR;
    }

    @Override
    public int getJDBCMinorVersion() {
        return MillraceFactory.JDBC_MINOR;
    }

    @Override
    public int getSQLStateType() {
        return sqlStateSQL;
    }

    // words

    @Override
    public String getSQLKeywords() throws SQLException {
        return text(DatabaseProperty.GET_S_Q_L_KEYWORDS);
    }

    @Override
    public String getNumericFunctions() throws SQLException {
        return text(DatabaseProperty.GET_NUMERIC_FUNCTIONS);
    }

    @Override
    public String getStringFunctions() throws SQLException {
        return text(DatabaseProperty.GET_STRING_FUNCTIONS);
    }

    @Override
    public String getSystemFunctions() throws SQLException {
        return text(DatabaseProperty.GET_SYSTEM_FUNCTIONS);
    }

    @Override
    public String getTimeDateFunctions() throws SQLException {
        return text(DatabaseProperty.GET_TIME_DATE_FUNCTIONS);
    }

    @Override
    public String getSearchStringEscape() {
        return "\\";
    }

    @Override
    public String getExtraNameCharacters() {
        return "";
    }

    @Override
    public String getIdentifierQuoteString() {
        return "\"";
    }

    @Override
    public String getSchemaTerm() {
        return "schema";
    }

    @Override
    public String getProcedureTerm() {
        return "procedure";
    }

    @Override
    public String getCatalogTerm() {
        return "catalog";
    }

    @Override
    public String getCatalogSeparator() {
        return ".";
    }

    @Override
    public boolean isCatalogAtStart() {
        return true;
    }

    // names are not case-sensitive, in double quotes or not, and are kept as they were written

    @Override
    public boolean supportsMixedCaseIdentifiers() {
        return false;
    }

    @Override
    public boolean storesUpperCaseIdentifiers() {
        return false;
    }

    @Override
    public boolean storesLowerCaseIdentifiers() {
        return false;
    }

    @Override
    public boolean storesMixedCaseIdentifiers() {
        return true;
    }

    @Override
    public boolean supportsMixedCaseQuotedIdentifiers() {
        return false;
    }

    @Override
    public boolean storesUpperCaseQuotedIdentifiers() {
        return false;
    }

    @Override
    public boolean storesLowerCaseQuotedIdentifiers() {
        return false;
    }

    @Override
    public boolean storesMixedCaseQuotedIdentifiers() {
        return true;
    }

    // Wrapper

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.of(SqlErrors.INVALID_VALUE, "this is no wrapper for " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
