package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A value that is not NULL as an object of a class asked for. */
final class ScalarConversions {
    private ScalarConversions() {}

    /** Null when the class is none of these. */
    static @Nullable Object convert(ColumnAccessor value, Class<?> type) throws SQLException {
        if (type == Object.class) {
            return value.object();
        }
        if (type == String.class) {
            return value.text();
        }
        if (type == Boolean.class) {
            return value.truth();
        }
        if (type == byte[].class) {
            return value.binary();
        }
        if (type == Long.class) {
            return value.integer();
        }
        if (type == Integer.class) {
            return value.getInt();
        }
        if (type == Short.class) {
            return value.getShort();
        }
        if (type == Byte.class) {
            return value.getByte();
        }
        if (type == Double.class) {
            return value.approximate();
        }
        if (type == Float.class) {
            return (float) value.approximate();
        }
        if (type == BigDecimal.class || type == Number.class) {
            return value.decimal();
        }
        return type == BigInteger.class ? value.decimal().toBigInteger() : null;
    }
}
