package io.millrace.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the server answered to a request.
 *
 * @param rows a frame of rows that stood behind the body; null when none did
 * @param epoch of the producer as which the connection was opened; 0 for none
 * @param resumeToken by which the result can go on after it has been cut off; null when it cannot
 * @param warnings each as {@code <SQLSTATE> <text, percent-encoded>}
 */
record Answer(
        byte[] body,
        byte @Nullable [] rows,
        int epoch,
        @Nullable String resumeToken,
        List<String> warnings) {
    private static final String WARNING = "X-Millrace-Warning";
    private static final String ROWS_AT = "X-Millrace-Rows-At";
    private static final String EPOCH = "X-Millrace-Epoch";
    private static final int MAX_DIGITS = 9;

    /** Fails with an IOException when the status means that the server did not come to it, else as it says. */
    static Answer of(HttpConnection.Response response) throws IOException, SQLException {
        byte[] whole = response.body();
        if (whole == null) {
            throw refusal(response.head().getCode());
        }
        List<String> warnings = warnings(response.head());
        Header given = response.head().getFirstHeader(EPOCH);
        int epoch = given == null ? 0 : number(given.getValue());
        Header resume = response.head().getFirstHeader(RunLimits.RESUME);
        String token = resume == null ? null : resume.getValue();
        Header place = response.head().getFirstHeader(ROWS_AT);
        if (place == null) {
            return new Answer(whole, null, epoch, token, warnings);
        }
        int at = number(place.getValue());
        if (at > whole.length) {
            throw SqlErrors.of(SqlErrors.PROTOCOL, "malformed answer of the server");
        }
        return new Answer(
                Arrays.copyOf(whole, at), Arrays.copyOfRange(whole, at, whole.length), epoch, token, warnings);
    }

    private static List<String> warnings(HttpMessage head) {
        Header[] headers = head.getHeaders(WARNING);
        if (headers.length == 0) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        for (Header header : headers) {
            warnings.add(header.getValue());
        }
        return warnings;
    }

    private static int number(String digits) {
        return !digits.isEmpty()
                        && digits.length() <= MAX_DIGITS
                        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(digits)
                : Integer.MAX_VALUE;
    }

    private static SQLException refusal(int status) throws IOException {
        switch (status) {
            case 413:
                return SqlErrors.of(
                        SqlErrors.LIMIT, "the statement is larger than the server allows. Send smaller batches");
            case 401:
            case 403:
                return SqlErrors.of(SqlErrors.REFUSED, "user or password is wrong (HTTP status " + status + ")");
            case 408:
            case 429:
            case 502:
            case 503:
            case 504:
                throw new IOException("the server answered HTTP status " + status);
            default:
                return SqlErrors.of(
                        SqlErrors.PROTOCOL, "what answers is no Millrace server (HTTP status " + status + ")");
        }
    }
}
