package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.server.net.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * What a client that executes has asked for in headers, because Avatica's messages have no place for it.
 *
 * @param maxRows 0: none
 * @param timeoutMillis 0: the default of the statement's kind
 * @param columnsKnown whether the result need not be described, if it is as it was when the statement was prepared
 * @param resume where a continuous query goes on whose result was cut off; null: it begins
 */
record CallLimits(
        long maxRows,
        long timeoutMillis,
        boolean columnsKnown,
        @Nullable ResumePoint resume) {
    /** Of a request that goes on, and of the answer by which its result can. */
    static final String RESUME = "X-Millrace-Resume";

    private static final String MAX_ROWS = "X-Millrace-Max-Rows";
    private static final String TIMEOUT = "X-Millrace-Timeout";
    private static final String COLUMNS = "X-Millrace-Columns";
    private static final int MAX_DIGITS = 15;

    static CallLimits of(HttpExchange exchange) {
        String resume = exchange.header(RESUME);
        return new CallLimits(
                number(exchange, MAX_ROWS),
                number(exchange, TIMEOUT),
                exchange.header(COLUMNS) != null,
                resume == null ? null : ResumePoint.parse(resume));
    }

    static long number(HttpExchange exchange, String header) {
        String text = exchange.header(header);
        if (text == null) {
            return 0;
        }
        try {
            long number = text.length() > MAX_DIGITS ? -1 : Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, header + " must be a number", malformed);
        }
        throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, header + " is out of range");
    }

    /** The stricter one of these and what the message itself says. */
    long maxRows(long ofMessage) {
        return maxRows == 0 || ofMessage == 0 ? Math.max(maxRows, ofMessage) : Math.min(maxRows, ofMessage);
    }
}
