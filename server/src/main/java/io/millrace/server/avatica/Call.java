package io.millrace.server.avatica;

import io.millrace.server.net.Peer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says besides its message.
 *
 * @param number names it and what it inserts; null when the client does not number its requests
 * @param append numbers what it writes; null when the client does not
 * @param limits of what it executes
 * @param warnings what carrying it out warns of
 * @param rows those that are to go with the answer
 * @param headers of the answer
 * @param json whether the message came, and is answered, as JSON
 */
record Call(
        Peer peer,
        @Nullable RequestNumber number,
        @Nullable AppendNumber append,
        CallLimits limits,
        CallWarnings warnings,
        FirstRows rows,
        Map<String, List<String>> headers,
        boolean json) {}
