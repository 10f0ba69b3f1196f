package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.log.ProducerName;
import io.millrace.executor.log.ProducerSequence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom a connection writes as: nobody else can once it is opened, and it cannot once another has been. */
record ConnectionProducer(ProducerName name, int epoch, ProducerEpochs epochs) {
    private static final String NAME = "producer";
    private static final String EPOCH = "epoch";

    /** @param info what a client says as it opens a connection; null when that names no producer */
    static @Nullable ConnectionProducer of(@Nullable Map<String, String> info, ProducerEpochs epochs) {
        String text = info == null ? null : info.get(NAME);
        if (info == null || text == null) {
            return null;
        }
        ProducerName name = ProducerName.of(text);
        int epoch = epoch(info.getOrDefault(EPOCH, "0"));
        if (epoch > 0) {
            epochs.resume(name, epoch);
            return new ConnectionProducer(name, epoch, epochs);
        }
        return new ConnectionProducer(name, epochs.begin(name), epochs);
    }

    private static int epoch(String text) {
        try {
            int epoch = Integer.parseInt(text);
            if (epoch >= 0) {
                return epoch;
            }
        } catch (NumberFormatException malformed) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "an epoch must be a number", malformed);
        }
        throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "an epoch must not be negative");
    }

    /** @throws MillraceException of code FENCED when another connection has been opened in its name */
    void check() {
        epochs.check(name.id(), epoch);
    }

    /** @param step of several that one request makes */
    ProducerSequence sequence(AppendNumber number, int step) {
        return ProducerSequence.numbered(name.id(), epoch, number.previous(), number.number(), step);
    }
}
