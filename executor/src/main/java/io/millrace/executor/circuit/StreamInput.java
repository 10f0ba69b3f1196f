package io.millrace.executor.circuit;

import io.millrace.executor.log.LogHold;
import org.jspecify.annotations.Nullable;

/** The blocks of a stream, up to the pinned end. */
final class StreamInput implements PipelineInput {
    private final PinnedStream pinned;
    private @Nullable BlockReader reader;
    /** Keeps what is to be read while there is no reader. */
    private @Nullable LogHold hold;

    private long nextLsn;

    StreamInput(PinnedStream pinned) {
        this.pinned = pinned;
        nextLsn = pinned.startLsn();
        hold = pinned.stream().log().hold(nextLsn);
    }

    @Override
    public boolean feed(Pipeline pipeline) {
        if (reader == null) {
            reader = new BlockReader(pinned.stream(), nextLsn);
            letGo();
        }
        if (!reader.next(pinned.endLsn())) {
            return false;
        }
        pipeline.consume(reader);
        return true;
    }

    @Override
    public void rest() {
        if (reader != null) {
            nextLsn = reader.nextLsn();
            hold = pinned.stream().log().hold(nextLsn);
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        rest();
        letGo();
    }

    private void letGo() {
        LogHold held = hold;
        hold = null;
        if (held != null) {
            held.close();
        }
    }
}
