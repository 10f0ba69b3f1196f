package io.millrace.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** The setters of a prepared statement. The server casts a value to the type of its parameter. */
abstract class ParameterSetters extends AvaticaPreparedStatement {
    ParameterSetters(
            AvaticaConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature signature,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, handle, signature, type, concurrency, holdability);
    }

    /** A copy of the values set. */
    final List<TypedValue> boundParameters() throws SQLException {
        List<TypedValue> bound = new ArrayList<>(slots.length);
        for (int i = 0; i < slots.length; i++) {
            TypedValue value = slots[i];
            if (value == null) {
                throw SqlErrors.of(SqlErrors.UNSET_PARAMETER, "parameter " + (i + 1) + " is not set");
            }
            bound.add(value);
        }
        return bound;
    }

    private void bind(int index, @Nullable Object value, @Nullable Calendar calendar) throws SQLException {
        checkOpen();
        if (index < 1 || index > slots.length) {
            throw SqlErrors.of(
                    SqlErrors.INVALID_VALUE, "there is no parameter " + index + ": the statement has " + slots.length);
        }
        slots[index - 1] = Parameters.typed(value, calendar == null ? getCalendar() : calendar);
    }

    private void bind(int index, @Nullable Object value) throws SQLException {
        bind(index, value, null);
    }

    // values of Millrace's types

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        bind(index, null);
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        bind(index, null);
    }

    @Override
    public void setBoolean(int index, boolean x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setByte(int index, byte x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setShort(int index, short x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setInt(int index, int x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setLong(int index, long x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setFloat(int index, float x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDouble(int index, double x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setString(int index, @Nullable String x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setNString(int index, @Nullable String x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setBytes(int index, byte @Nullable [] x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDate(int index, @Nullable Date x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDate(int index, @Nullable Date x, @Nullable Calendar calendar) throws SQLException {
        bind(index, x, calendar);
    }

    @Override
    public void setTime(int index, @Nullable Time x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setTime(int index, @Nullable Time x, @Nullable Calendar calendar) throws SQLException {
        bind(index, x, calendar);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x, @Nullable Calendar calendar) throws SQLException {
        bind(index, x, calendar);
    }

    @Override
    public void setObject(int index, @Nullable Object x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x, int sqlType) throws SQLException {
        bind(index, Parameters.hinted(x, sqlType));
    }

    @Override
    public void setObject(int index, @Nullable Object x, int sqlType, int scaleOrLength) throws SQLException {
        if (x instanceof BigDecimal number && (sqlType == Types.DECIMAL || sqlType == Types.NUMERIC)) {
            bind(index, number.setScale(scaleOrLength, RoundingMode.HALF_UP));
            return;
        }
        setObject(index, x, sqlType);
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType sqlType) throws SQLException {
        setObject(index, x, (int) sqlType.getVendorTypeNumber());
    }

    @Override
    public void setObject(int index, @Nullable Object x, SQLType sqlType, int scaleOrLength) throws SQLException {
        setObject(index, x, (int) sqlType.getVendorTypeNumber(), scaleOrLength);
    }

    // streams are read when they are set

    private void bindText(int index, @Nullable Reader reader, long length) throws SQLException {
        bind(index, reader == null ? null : Streams.text(reader, length));
    }

    private void bindBytes(int index, @Nullable InputStream stream, long length) throws SQLException {
        bind(index, stream == null ? null : Streams.bytes(stream, length));
    }

    private void bindAscii(int index, @Nullable InputStream stream, long length) throws SQLException {
        bind(index, stream == null ? null : new String(Streams.bytes(stream, length), StandardCharsets.US_ASCII));
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        bindAscii(index, x, Streams.ALL);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bindAscii(index, x, length);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        bindAscii(index, x, length);
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bind(index, x == null ? null : new String(Streams.bytes(x, length), StandardCharsets.UTF_8));
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        bindBytes(index, x, Streams.ALL);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bindBytes(index, x, length);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        bindBytes(index, x, length);
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x) throws SQLException {
        bindBytes(index, x, Streams.ALL);
    }

    @Override
    public void setBlob(int index, @Nullable InputStream x, long length) throws SQLException {
        bindBytes(index, x, length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x) throws SQLException {
        bindText(index, x, Streams.ALL);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, int length) throws SQLException {
        bindText(index, x, length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        bindText(index, x, length);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        bindText(index, x, Streams.ALL);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        bindText(index, x, length);
    }

    @Override
    public void setClob(int index, @Nullable Reader x) throws SQLException {
        bindText(index, x, Streams.ALL);
    }

    @Override
    public void setClob(int index, @Nullable Reader x, long length) throws SQLException {
        bindText(index, x, length);
    }

    @Override
    public void setNClob(int index, @Nullable Reader x) throws SQLException {
        bindText(index, x, Streams.ALL);
    }

    @Override
    public void setNClob(int index, @Nullable Reader x, long length) throws SQLException {
        bindText(index, x, length);
    }

    // types that Millrace does not have

    @Override
    public void setURL(int index, URL x) throws SQLException {
        throw SqlErrors.notSupported("DATALINK");
    }

    @Override
    public void setRowId(int index, RowId x) throws SQLException {
        throw SqlErrors.notSupported("ROWID");
    }

    @Override
    public void setNClob(int index, NClob x) throws SQLException {
        throw SqlErrors.notSupported("NCLOB");
    }

    @Override
    public void setClob(int index, Clob x) throws SQLException {
        throw SqlErrors.notSupported("CLOB");
    }

    @Override
    public void setBlob(int index, Blob x) throws SQLException {
        throw SqlErrors.notSupported("BLOB");
    }

    @Override
    public void setRef(int index, Ref x) throws SQLException {
        throw SqlErrors.notSupported("REF");
    }

    @Override
    public void setArray(int index, Array x) throws SQLException {
        throw SqlErrors.notSupported("ARRAY");
    }

    @Override
    public void setSQLXML(int index, SQLXML x) throws SQLException {
        throw SqlErrors.notSupported("SQLXML");
    }

    /** Reads what a parameter is set to. */
    private static final class Streams {
        static final long ALL = Long.MAX_VALUE;

        static byte[] bytes(InputStream stream, long length) throws SQLException {
            try {
                return stream.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
            } catch (IOException failed) {
                throw SqlErrors.of(SqlErrors.INVALID_VALUE, "parameter cannot be read", failed);
            }
        }

        static String text(Reader reader, long length) throws SQLException {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[8192];
            try {
                while (text.length() < length) {
                    int read = reader.read(buffer, 0, (int) Math.min(buffer.length, length - text.length()));
                    if (read < 0) {
                        break;
                    }
                    text.append(buffer, 0, read);
                }
            } catch (IOException failed) {
                throw SqlErrors.of(SqlErrors.INVALID_VALUE, "parameter cannot be read", failed);
            }
            return text.toString();
        }
    }
}
