package io.millrace.executor.circuit;

import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.view.ResultProducer;
import io.millrace.executor.view.ResultQueue;
import io.millrace.plan.OutputColumn;
import java.util.List;

/** A query that runs: what is known of it besides its circuit. */
public abstract class Query implements ResultProducer {
    protected final QueryDescription description;
    protected final ResultQueue queue;
    protected final QueryRegistry registry;

    protected Query(QueryDescription description, List<OutputColumn> output, long capacity, QueryRegistry registry) {
        this.description = description;
        this.queue = new ResultQueue(output, capacity, description.maxRows(), this);
        this.registry = registry;
    }

    public final QueryDescription description() {
        return description;
    }

    /** The end that the reader holds; and the one by which the query is ended from outside. */
    public final ResultQueue result() {
        return queue;
    }

    /** Lets the query run. */
    public abstract void start();

    public abstract boolean isContinuous();

    public abstract QueryMetrics metrics();

    /** How long it has kept the thread busy that all continuous queries share; 0 when it does not. On any thread. */
    long busyNanos() {
        return 0;
    }

    /** The end of the next window that a watermark closes; {@code Long.MAX_VALUE} when none is open. On any thread. */
    long nextWindowEnd() {
        return Long.MAX_VALUE;
    }

    /** Ends the query's use of the log of its stream, after it has been aborted; returns when that is done. */
    protected abstract void leave();
}
