package io.millrace.jdbc;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.Locale;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** Reads CHAR and VARCHAR; converts as CAST does. */
final class TextAccessor extends ColumnAccessor {
    TextAccessor(RowPointer cursor, ColumnMetaData column, Calendar calendar) {
        super(cursor, column, calendar);
    }

    @Override
    boolean accepts(int storage) {
        return storage == ColumnSlice.BYTES;
    }

    @Override
    Object object() throws SQLException {
        return text();
    }

    @Override
    String text() throws SQLException {
        int row = row();
        return new String(body, bytesStart() + intAt(row), intAt(row + 1) - intAt(row), StandardCharsets.UTF_8);
    }

    @Override
    boolean truth() throws SQLException {
        String text = text().strip();
        switch (text.toLowerCase(Locale.ROOT)) {
            case "true":
            case "t":
            case "1":
                return true;
            case "false":
            case "f":
            case "0":
                return false;
            default:
                throw malformed(text, "BOOLEAN", null);
        }
    }

    @Override
    long integer() throws SQLException {
        BigDecimal whole = decimal().setScale(0, RoundingMode.DOWN);
        if (whole.unscaledValue().bitLength() > Long.SIZE - 1) {
            throw outOfRange(whole.toPlainString(), "long");
        }
        return whole.longValue();
    }

    @Override
    double approximate() throws SQLException {
        String text = text().strip();
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException failed) {
            throw malformed(text, "DOUBLE", failed);
        }
    }

    @Override
    BigDecimal decimal() throws SQLException {
        String text = text().strip();
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException failed) {
            throw malformed(text, "DECIMAL", failed);
        }
    }

    @Override
    byte[] binary() throws SQLException {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    LocalDate date() throws SQLException {
        String text = text().strip();
        try {
            return text.length() > 10 ? dateTime().toLocalDate() : LocalDate.parse(text);
        } catch (DateTimeException failed) {
            throw malformed(text, "DATE", failed);
        }
    }

    @Override
    LocalTime time() throws SQLException {
        String text = text().strip();
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException failed) {
            throw malformed(text, "TIME", failed);
        }
    }

    @Override
    LocalDateTime dateTime() throws SQLException {
        String text = text().strip();
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException failed) {
            throw malformed(text, "TIMESTAMP", failed);
        }
    }

    private SQLException malformed(String text, String type, @Nullable Throwable cause) {
        return SqlErrors.of(
                SqlErrors.INVALID_TEXT,
                "value \"" + text + "\" of column \"" + column.label + "\" is no " + type,
                cause);
    }
}
