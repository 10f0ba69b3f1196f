package io.millrace.server.avatica;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is sent back for a message of Avatica's.
 *
 * @param headers besides those that every answer has
 * @param carriedOut false when nothing was done because the connection or statement was not there
 */
record Reply(int status, String contentType, byte[] body, Map<String, List<String>> headers, boolean carriedOut) {
    /** With rows behind the message. */
    Reply with(byte[] rows) {
        byte[] both = Arrays.copyOf(body, body.length + rows.length);
        System.arraycopy(rows, 0, both, body.length, rows.length);
        Map<String, List<String>> all = new HashMap<>(headers);
        all.put(FirstRows.PLACE, List.of(Integer.toString(body.length)));
        return new Reply(status, contentType, both, all, carriedOut);
    }
}
