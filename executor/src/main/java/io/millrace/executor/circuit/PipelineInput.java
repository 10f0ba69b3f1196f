package io.millrace.executor.circuit;

/** What a pipeline of a bounded query reads. For one thread at a time. */
interface PipelineInput extends AutoCloseable {
    /** Gives the pipeline the next rows; false when there are no more. */
    boolean feed(Pipeline pipeline);

    /** Lets go, before a pause, of what can be had again. */
    void rest();

    @Override
    void close();
}
