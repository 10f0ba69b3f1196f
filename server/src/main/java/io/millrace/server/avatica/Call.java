package io.millrace.server.avatica;

import io.millrace.server.net.Peer;
import org.jspecify.annotations.Nullable;

/**
 * What a request says besides its message.
 *
 * @param number names it and what it inserts; null when the client does not number its requests
 * @param limits of what it executes
 * @param warnings what carrying it out warns of
 * @param rows those that are to go with the answer
 * @param json whether the message came, and is answered, as JSON
 */
record Call(
        Peer peer,
        @Nullable RequestNumber number,
        CallLimits limits,
        CallWarnings warnings,
        FirstRows rows,
        boolean json) {}
