package io.millrace.executor;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerEpochs;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Those who give their appends a name, so that none is made twice, and what each has appended last. Thread-safe. */
public final class Producers {
    private final ProducerEpochs epochs;
    private final Map<Long, OpenStream> streams;
    private final Tables tables;

    Producers(ProducerEpochs epochs, Map<Long, OpenStream> streams, Tables tables) {
        this.epochs = epochs;
        this.streams = streams;
        this.tables = tables;
    }

    /** Which epoch each is in. */
    public ProducerEpochs epochs() {
        return epochs;
    }

    /** What a producer appended to a stream last, when nothing of it is under way any more; null when nothing is known. */
    public CompletableFuture<@Nullable ProducerEntry> settled(long streamId, UUID producer) {
        return log(streamId).settled(producer);
    }

    /** What each named producer has appended to a stream or table last. */
    public List<ProducerEntry> of(long id) {
        return log(id).namedProducers();
    }

    private Log log(long id) {
        OpenStream stream = streams.get(id);
        Log log = stream == null ? tables.log(id) : stream.log();
        if (log == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, "stream number " + id + " does not exist");
        }
        return log;
    }
}
