package io.millrace.sqltests;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How a statement is to end: in success, perhaps with a count of rows, or with an error.
 *
 * @param count of changed rows; null for any
 * @param state the SQLSTATE of the error; null for any
 * @param message found in the message of the error; null for any
 */
record ExpectedEnd(
        boolean isError,
        @Nullable Long count,
        @Nullable String state,
        @Nullable Pattern message) {
    private static final Pattern COUNT = Pattern.compile("count\\s+(\\d{1,18})");
    private static final Pattern ERROR =
            Pattern.compile("error(?:\\s+(?<state>(?=[A-Z]*\\d)[0-9A-Z]{5})(?!\\S))?(?:\\s+(?<text>\\S.*))?");

    static ExpectedEnd parse(SqlRecord record) {
        String arguments = record.arguments().strip();
        if (arguments.equals("ok")) {
            return new ExpectedEnd(false, null, null, null);
        }
        Matcher count = COUNT.matcher(arguments);
        if (count.matches()) {
            return new ExpectedEnd(false, Long.valueOf(count.group(1)), null, null);
        }
        Matcher error = ERROR.matcher(arguments);
        if (error.matches()) {
            return new ExpectedEnd(true, null, error.group("state"), message(record, error.group("text")));
        }
        throw new MalformedFileException(
                record.line(),
                "\"" + record.heading() + "\" is not supported: write \"statement ok\", \"statement count 3\" or "
                        + "\"statement error\", and for an error its SQLSTATE, a regular expression, or both");
    }

    void checkError(SQLException failure, String expectedText) throws WrongResultException {
        String given = String.valueOf(failure.getMessage());
        if (state != null && !state.equals(failure.getSQLState())) {
            throw new WrongResultException(given + "\n- " + state + "\n+ " + failure.getSQLState());
        }
        if (message != null && !message.matcher(given).find()) {
            throw new WrongResultException("not the expected message\n- " + message + "\n+ " + given);
        }
        if (!oneLine(given).contains(oneLine(expectedText))) {
            throw new WrongResultException("not the expected message\n- " + expectedText + "\n+ " + given);
        }
    }

    void checkCount(long given) throws WrongResultException {
        if (count != null && count != given) {
            throw WrongResultException.end(count + " rows", given + " rows");
        }
    }

    @Override
    public String toString() {
        return state == null ? "an error" : state;
    }

    private static @Nullable Pattern message(SqlRecord record, @Nullable String text) {
        try {
            return text == null ? null : Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw new MalformedFileException(
                    record.line(), "malformed regular expression: " + malformed.getDescription());
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
