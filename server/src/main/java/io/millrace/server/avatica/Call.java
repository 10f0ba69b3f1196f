package io.millrace.server.avatica;

import io.millrace.executor.log.ProducerSequence;
import io.millrace.server.net.Peer;
import org.jspecify.annotations.Nullable;

/**
 * What a request says besides its message.
 *
 * @param producer names what it inserts; null when the client does not number its requests
 * @param limits of what it executes
 * @param json whether the message came, and is answered, as JSON
 */
record Call(Peer peer, @Nullable ProducerSequence producer, CallLimits limits, boolean json) {}
