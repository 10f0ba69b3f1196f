package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.QueryScope;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.StreamScan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A query that ends: one big step over its inputs as they were pinned when it began.
 *
 * <p>It runs in slices on shared threads, and holds none while its reader has enough to read: a forgotten result costs
 * memory, but keeps nobody from running.
 */
public final class BoundedQuery extends Query implements Runnable {
    private static final int SLICE_STEPS = 256;

    private final Executor threads;
    private final EngineClock clock;
    private final CompletableFuture<ReadPosition> position;
    private final CircuitBuilder builder;
    private final QueryMemory memory;
    private final SystemTables systemTables;

    private @Nullable PipelineRun pipelines;
    private volatile boolean released;

    /** @param position at which all that the plan reads is read; the query waits for it */
    public BoundedQuery(
            QueryDescription description,
            List<OutputColumn> output,
            QuerySurroundings surroundings,
            CircuitBuilder builder,
            CompletableFuture<ReadPosition> position,
            Executor threads) {
        super(description, output, surroundings.resultBufferRows(), surroundings.registry());
        this.threads = threads;
        this.clock = surroundings.clock();
        this.builder = builder;
        this.memory = surroundings.memory().open();
        this.systemTables = surroundings.systemTables();
        this.position = position;
    }

    /** Builds the circuit and lets it run. */
    @Override
    public void start() {
        if (position.isDone()) {
            begin(reached());
            registry.add(this);
            threads.execute(this);
        } else {
            registry.add(this);
            position.whenComplete((at, failure) -> threads.execute(this::beginLate));
        }
    }

    private ReadPosition reached() {
        try {
            return Waits.join(position);
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause ? cause : failure;
        }
    }

    private void begin(ReadPosition at) {
        builder.position(at.number());
        Circuit circuit = builder.build(queue, memory);
        try {
            pipelines = new PipelineRun(circuit, pipeline -> open(pipeline, at), clock);
        } catch (RuntimeException | Error failure) {
            circuit.close();
            throw failure;
        }
    }

    /** Of a query that had to wait for what it reads. */
    private synchronized void beginLate() {
        if (!released && !queue.isEnded()) {
            try {
                begin(reached());
            } catch (RuntimeException | Error cause) { // is told to the reader
                queue.fail(Failures.of(cause));
            }
        }
        run();
    }

    private PipelineInput open(Pipeline pipeline, ReadPosition at) {
        if (!(pipeline.source() instanceof StreamScan scan)) {
            return new BatchInput(builder.openSource(pipeline.source(), systemTables, at));
        }
        return new StreamInput(at.stream(scan.streamId(), scan.streamName()));
    }

    @Override
    public boolean isContinuous() {
        return false;
    }

    @Override
    public QueryMetrics metrics() {
        return builder.counters().read(queue.deliveredRows());
    }

    /** Runs one slice. */
    @Override
    public synchronized void run() {
        PipelineRun running = pipelines;
        if (running == null && !released && queue.isEnded()) {
            release(); // before it could begin
        }
        if (released || running == null) {
            memory.keep(queue.waitingBytes());
            return;
        }
        try (QueryScope scope = running.enter(queue::isEnded)) {
            if (!slice(running)) {
                return;
            }
        } catch (RuntimeException | Error cause) { // ends this query and no other
            MillraceException failure = Failures.of(cause);
            if (failure.code() == ErrorCode.OUT_OF_MEMORY) {
                queue.cancel(failure); // the rows that wait are what there is no room for
            } else {
                queue.fail(failure);
            }
        }
        release();
    }

    /** Returns false when the query is not at its end, and will be run again. */
    private boolean slice(PipelineRun running) {
        for (int steps = 0; steps < SLICE_STEPS; steps++) {
            if (queue.isEnded() || !running.step()) {
                return true;
            }
            queue.deliver();
            if (queue.pauseIfFull()) {
                running.rest();
                return false;
            }
        }
        threads.execute(this);
        return false;
    }

    @Override
    public void resume() {
        threads.execute(this);
    }

    @Override
    public void ended() {
        if (released) {
            run(); // nothing is left but to count what the reader has left
        } else {
            threads.execute(this);
        }
    }

    @Override
    protected synchronized void leave() {
        if (queue.isEnded()) {
            release();
        }
    }

    private void release() {
        if (released) {
            return;
        }
        released = true;
        registry.remove(this);
        if (pipelines != null) {
            pipelines.close();
            pipelines = null;
        }
        memory.keep(queue.waitingBytes());
    }
}
