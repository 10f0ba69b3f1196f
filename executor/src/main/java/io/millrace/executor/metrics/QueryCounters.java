package io.millrace.executor.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Counts what a query does. One thread counts, any may read. */
public final class QueryCounters {
    private final List<OperatorCounter> operators = new CopyOnWriteArrayList<>();

    private volatile long position;
    private volatile long rowsIn;
    private volatile long stateBytes;
    private volatile long lateRows;
    private volatile long steps;
    private volatile long stepNanos;
    private volatile long longestStepNanos;

    private final OperatorTimer timer;

    /** @param nanoTime of the engine's clock */
    public QueryCounters(LongSupplier nanoTime) {
        timer = new OperatorTimer(nanoTime);
    }

    public OperatorTimer timer() {
        return timer;
    }

    /** A counter for one input of an operator that gives to {@code consumer}; null: to the reader. */
    public OperatorCounter operator(String name, @Nullable OperatorCounter consumer) {
        OperatorCounter counter = new OperatorCounter(name, consumer);
        operators.add(0, counter);
        return counter;
    }

    /** @param newPosition the number of the row after the last one read */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    public void block(long newPosition, int rows) {
        position = newPosition;
        rowsIn += rows;
    }

    public void position(long newPosition) {
        position = newPosition;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    public void step(long nanos, long newStateBytes, long newLateRows) {
        steps++;
        stepNanos += nanos;
        longestStepNanos = Math.max(longestStepNanos, nanos);
        stateBytes = newStateBytes;
        lateRows = newLateRows;
    }

    public long position() {
        return position;
    }

    public QueryMetrics read(long rowsOut) {
        return new QueryMetrics(
                position,
                rowsIn,
                rowsOut,
                lateRows,
                stateBytes,
                steps,
                stepNanos,
                longestStepNanos,
                operators.stream().map(operator -> operator.read(rowsOut)).toList());
    }
}
