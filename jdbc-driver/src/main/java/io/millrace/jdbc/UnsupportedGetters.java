package io.millrace.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.Map;
import org.apache.calcite.avatica.util.Cursor;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;
import org.jspecify.annotations.Nullable;

/** The getters for types that Millrace does not have, and streams over those it has. */
abstract class UnsupportedGetters implements Cursor.Accessor {
    @Override
    public @Nullable InputStream getAsciiStream() throws SQLException {
        String text = getString();
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public @Nullable InputStream getUnicodeStream() throws SQLException {
        String text = getString();
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable InputStream getBinaryStream() throws SQLException {
        byte[] bytes = getBytes();
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Reader getCharacterStream() throws SQLException {
        String text = getString();
        return text == null ? null : new StringReader(text);
    }

    @Override
    public @Nullable Reader getNCharacterStream() throws SQLException {
        return getCharacterStream();
    }

    @Override
    public @Nullable String getNString() throws SQLException {
        return getString();
    }

    @Override
    public @Nullable Object getObject(@Nullable Map<String, Class<?>> map) throws SQLException {
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.notSupported("a type map");
        }
        return getObject();
    }

    @Override
    public UByte getUByte() throws SQLException {
        throw SqlErrors.notSupported("an unsigned number");
    }

    @Override
    public UShort getUShort() throws SQLException {
        throw SqlErrors.notSupported("an unsigned number");
    }

    @Override
    public UInteger getUInt() throws SQLException {
        throw SqlErrors.notSupported("an unsigned number");
    }

    @Override
    public ULong getULong() throws SQLException {
        throw SqlErrors.notSupported("an unsigned number");
    }

    @Override
    public Ref getRef() throws SQLException {
        throw SqlErrors.notSupported("REF");
    }

    @Override
    public Blob getBlob() throws SQLException {
        throw SqlErrors.notSupported("BLOB");
    }

    @Override
    public Clob getClob() throws SQLException {
        throw SqlErrors.notSupported("CLOB");
    }

    @Override
    public NClob getNClob() throws SQLException {
        throw SqlErrors.notSupported("NCLOB");
    }

    @Override
    public Struct getStruct() throws SQLException {
        throw SqlErrors.notSupported("STRUCT");
    }

    @Override
    public java.net.URL getURL() throws SQLException {
        throw SqlErrors.notSupported("DATALINK");
    }

    @Override
    public SQLXML getSQLXML() throws SQLException {
        throw SqlErrors.notSupported("SQLXML");
    }
}
