package io.millrace.executor;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The engine: logs of streams, the step loop that runs continuous queries, threads for bounded ones. Thread-safe. */
public final class StreamEngine implements AutoCloseable {
    /** Opens the engine on its data directory, which it locks; streams are opened by {@link #openStream}. */
    public static StreamEngine open(EngineSettings settings, EngineClock clock) {
        throw new UnsupportedOperationException("open " + settings + clock);
    }

    /** Opens the log of a stream, creating it when there is none, and recovers it after an unclean end. */
    public void openStream(StreamDefinition definition) {
        throw MillraceException.internal("not there yet");
    }

    /** Ends the queries on a stream with an error, closes its log and deletes it. */
    public void dropStream(long streamId) {
        throw MillraceException.internal("not there yet");
    }

    /** Appends rows; see {@link io.millrace.executor.log.Log#append}. NOT NULL columns are checked (23502). */
    public CompletableFuture<AppendResult> append(
            long streamId, List<Column> columns, int rowCount, @Nullable ProducerSequence producer) {
        throw MillraceException.internal("not there yet");
    }

    /** Runs a query whose parameters have been bound; bounded ones see all appends acknowledged before the call. */
    public ResultCursor execute(
            PlanNode root, List<OutputColumn> output, boolean continuous, StartPosition start, QueryOptions options) {
        throw MillraceException.internal("not there yet");
    }

    /** Returns when all continuous queries have taken in what was acknowledged before the call. */
    public void flush() {
        throw MillraceException.internal("not there yet");
    }

    /** The running queries, oldest first. */
    public List<QueryStatus> queries() {
        throw MillraceException.internal("not there yet");
    }

    /** Ends a query with 57014; false when there is none of that number. */
    public boolean kill(long queryId) {
        throw MillraceException.internal("not there yet");
    }

    public StreamStatus status(long streamId) {
        throw MillraceException.internal("not there yet");
    }

    @Override
    public void close() {}
}
