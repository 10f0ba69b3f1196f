package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;

/** The batches of a source that is not a stream. */
final class BatchInput implements PipelineInput {
    private final BatchSource source;

    BatchInput(BatchSource source) {
        this.source = source;
    }

    @Override
    public boolean feed(Pipeline pipeline) {
        Batch batch = source.next();
        if (batch == null) {
            return false;
        }
        pipeline.push(batch);
        return true;
    }

    @Override
    public void rest() {}

    @Override
    public void close() {
        source.close();
    }
}
