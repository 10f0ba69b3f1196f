package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.OutputColumn;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A query that ends: one big step over the log up to the end that was pinned when it began.
 *
 * <p>It runs in slices on shared threads, and holds none while its reader has enough to read: a forgotten result costs
 * memory, but keeps nobody from running.
 */
public final class BoundedQuery extends Query implements Runnable {
    private static final int SLICE_BLOCKS = 256;

    private final Executor threads;
    private final EngineClock clock;
    private final @Nullable OpenStream stream;
    private final ReadPosition position;
    private final long endLsn;
    private final CircuitBuilder builder;
    private final QueryMemory memory;
    private final SystemTables systemTables;

    private @Nullable Circuit circuit;
    private @Nullable BatchSource source;
    private @Nullable BlockReader reader;
    private long nextLsn;
    private boolean released;

    /**
     * @param stream that the plan reads; null when it reads none
     * @param position at which all that the plan reads is read
     */
    public BoundedQuery(
            QueryDescription description,
            List<OutputColumn> output,
            QuerySurroundings surroundings,
            CircuitBuilder builder,
            @Nullable OpenStream stream,
            ReadPosition position,
            Executor threads) {
        super(description, output, surroundings.resultBufferRows(), surroundings.registry());
        this.threads = threads;
        this.clock = surroundings.clock();
        this.builder = builder;
        this.memory = surroundings.memory().open();
        this.systemTables = surroundings.systemTables();
        this.stream = stream;
        this.position = position;
        this.endLsn = stream == null
                ? 0
                : position.end(stream.definition().id(), stream.definition().name());
    }

    /** Builds the circuit and lets it run. */
    @Override
    public void start() {
        circuit = builder.build(queue, memory);
        source = stream == null ? builder.openSource(systemTables, position) : null;
        registry.add(this);
        threads.execute(this);
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
        Circuit running = circuit;
        if (released || running == null) {
            memory.keep(queue.waitingBytes());
            return;
        }
        long began = clock.nanoTime();
        try {
            if (!queue.isEnded() && !slice(running)) {
                return;
            }
            if (!queue.isEnded()) {
                running.endStep(clock.nanoTime() - began);
                running.finish();
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
    private boolean slice(Circuit running) {
        if (stream == null) {
            return sliceSource(running);
        }
        if (reader == null) {
            reader = new BlockReader(stream, nextLsn);
        }
        for (int blocks = 0; blocks < SLICE_BLOCKS; blocks++) {
            if (queue.isEnded() || running.isDone() || !reader.next(endLsn)) {
                return true;
            }
            running.consume(reader);
            queue.deliver();
            if (queue.pauseIfFull()) {
                rest(running, reader);
                return false;
            }
        }
        threads.execute(this);
        return false;
    }

    private boolean sliceSource(Circuit running) {
        for (int batches = 0; batches < SLICE_BLOCKS; batches++) {
            Batch batch = queue.isEnded() || running.isDone() || source == null ? null : source.next();
            if (batch == null) {
                return true;
            }
            running.push(batch);
            queue.deliver();
            if (queue.pauseIfFull()) {
                running.rest();
                return false;
            }
        }
        threads.execute(this);
        return false;
    }

    /** A result that nobody fetches holds its rows and nothing else. */
    private void rest(Circuit running, BlockReader open) {
        nextLsn = open.nextLsn();
        open.close();
        reader = null;
        running.rest();
    }

    @Override
    public void resume() {
        threads.execute(this);
    }

    @Override
    public void ended() {
        threads.execute(this);
    }

    @Override
    synchronized void leave() {
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
        if (reader != null) {
            reader.close();
        }
        if (source != null) {
            source.close();
        }
        if (circuit != null) {
            circuit.close();
        }
        memory.keep(queue.waitingBytes());
    }
}
