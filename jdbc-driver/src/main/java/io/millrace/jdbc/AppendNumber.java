package io.millrace.jdbc;

import java.sql.SQLException;

/** The number that a program gives to what it writes, and the one before. */
record AppendNumber(long previous, long number) {
    static final String HEADER = "X-Millrace-Append";

    private static final long MAX_NUMBER = 1L << 46;

    static AppendNumber of(ConnectionSettings settings, long previous, long number) throws SQLException {
        if (settings.producer() == null) {
            throw SqlErrors.of(
                    SqlErrors.INVALID_VALUE,
                    "only a connection with a producer can number what it writes. Connect with producer=name");
        }
        if (previous < 0 || number <= previous || number > MAX_NUMBER) {
            throw SqlErrors.of(
                    SqlErrors.INVALID_VALUE,
                    "the number of an execution must be positive and greater than the one before: " + number + " after "
                            + previous);
        }
        return new AppendNumber(previous, number);
    }

    /** As the header says it. */
    @Override
    public String toString() {
        return previous + ":" + number;
    }
}
