package io.millrace.jdbc;

import java.sql.SQLException;

/**
 * A statement of a connection with a producer, which can number what it writes: what was written under a number is not
 * written again, whoever sends it again under the name of the producer, and whenever. Any {@code Statement} of this driver
 * can be unwrapped to it.
 */
public interface NumberedStatement {
    /**
     * Numbers what the next execution writes to its stream or table. Numbers count the executions of a producer per stream or
     * table, from 1.
     *
     * @throws SQLException when the connection has no producer, or the number is not positive
     */
    default void setNumber(long number) throws SQLException {
        setNumber(number - 1, number);
    }

    /**
     * As {@link #setNumber(long)}, for a program that does not count by one: the number may be a position in what it reads.
     *
     * @param previous what the last execution for the same stream or table had; 0: there was none
     * @param number greater than {@code previous}
     */
    void setNumber(long previous, long number) throws SQLException;
}
