package io.millrace.executor.circuit;

import org.jspecify.annotations.Nullable;

/** The blocks of a stream, up to the pinned end. */
final class StreamInput implements PipelineInput {
    private final PinnedStream pinned;
    private @Nullable BlockReader reader;
    private long nextLsn;

    StreamInput(PinnedStream pinned) {
        this.pinned = pinned;
    }

    @Override
    public boolean feed(Pipeline pipeline) {
        if (reader == null) {
            reader = new BlockReader(pinned.stream(), nextLsn);
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
            reader.close();
            reader = null;
        }
    }

    @Override
    public void close() {
        rest();
    }
}
