package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.LogHold;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.QueryScope;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that follows a stream. But for what its reader calls, it belongs to the thread of the step loop. */
public final class ContinuousQuery extends Query {
    private final OpenStream stream;
    private final StepLoop loop;
    private final Circuit circuit;
    private final Pipeline pipeline;
    private final RowPlaces places;
    private final WorkMeter meter = new WorkMeter();

    private long position;
    private boolean isLive;
    private @Nullable BlockReader reader;
    /** Keeps what is to be read while there is no reader. */
    private @Nullable LogHold hold;

    private long stepNanos;
    private boolean isTouched;
    private volatile boolean isHeldBack;
    private volatile long nextWindowEnd = Long.MAX_VALUE;

    public ContinuousQuery(
            QueryDescription description,
            List<OutputColumn> output,
            QuerySurroundings surroundings,
            CircuitBuilder builder,
            OpenStream stream,
            ContinuousStart start,
            StepLoop loop) {
        super(description, output, surroundings.resultBufferRows(), surroundings.registry());
        this.stream = stream;
        this.loop = loop;
        this.position = start.lsn();
        this.circuit = builder.build(queue, surroundings.memory().open());
        circuit.counters().position(start.rowNumber());
        this.pipeline = circuit.pipelines().get(0);
        ResumePoint resume = description.resume();
        queue.skip(resume == null ? 0 : resume.skipped());
        ResumeToken begin = ResumeToken.ofRows(
                resume == null ? description.maxRows() : resume.token().limit(),
                surroundings.origin(),
                builder.root(),
                start);
        places = new RowPlaces(queue, builder.root(), stream, begin, surroundings.clock());
        pipeline.start(stream.definition().watermark() != null, start.watermark());
        hold = stream.log().hold(position);
    }

    /** Hands the query to the step loop. */
    @Override
    public void start() {
        registry.add(this);
        loop.add(this);
    }

    @Override
    public boolean isContinuous() {
        return true;
    }

    @Override
    public QueryMetrics metrics() {
        return circuit.counters().read(queue.deliveredRows());
    }

    @Override
    public void resume() {
        isHeldBack = false;
        loop.signal();
    }

    @Override
    public void ended() {
        loop.signal();
    }

    @Override
    protected void leave() {
        Waits.join(loop.afterNextStep());
    }

    /** The lowest end of a window that was open after the last step; {@code Long.MAX_VALUE} when there was none. */
    @Override
    long nextWindowEnd() {
        return nextWindowEnd;
    }

    OpenStream stream() {
        return stream;
    }

    /** The operators that the stream feeds. */
    Pipeline pipeline() {
        return pipeline;
    }

    /** The number of the block to be read next. */
    long position() {
        return position;
    }

    /** True when it reads with the others at the stream's shared position. */
    boolean isLive() {
        return isLive;
    }

    /** True while its reader has not fetched what waits. */
    boolean isHeldBack() {
        return isHeldBack;
    }

    boolean isOver() {
        return queue.isEnded();
    }

    /** The reader of its own, at its position. */
    BlockReader ownReader() {
        if (reader == null) {
            reader = new BlockReader(stream, position);
        }
        letGo();
        return reader;
    }

    /** Joins those at the shared position; the reader of its own is handed over to become theirs. */
    @Nullable
    BlockReader join() {
        BlockReader handedOver = reader;
        reader = null;
        isLive = true;
        letGo();
        return handedOver;
    }

    private void letGo() {
        LogHold held = hold;
        hold = null;
        if (held != null) {
            held.close();
        }
    }

    void beginStep(long now) {
        circuit.beginStep(now);
        stepNanos = 0;
        isTouched = false;
    }

    /** Takes the reader's block; holds itself back when too much waits to be fetched. */
    void consume(BlockReader from, long began, EngineClock clock) {
        isTouched = true;
        places.beforeBlock(from);
        try (Work work = new Work()) {
            pipeline.consume(from);
        }
        position = from.nextLsn();
        stepNanos += Math.max(1, clock.nanoTime() - began);
        if (isDone()) {
            return;
        }
        isHeldBack = true; // before the question, lest the reader's answer comes first
        if (queue.pauseIfFull()) {
            isLive = false;
            hold = stream.log().hold(position);
        } else {
            isHeldBack = false;
        }
    }

    @Override
    long busyNanos() {
        return meter.nanos();
    }

    /** True when no further input can change the result. */
    boolean isDone() {
        return queue.isComplete() || pipeline.isDone();
    }

    void advanceRowTime(long time) {
        try (Work work = new Work()) {
            pipeline.advanceRowTime(time);
        }
    }

    /** Shows the reader what the step gave. */
    void endStep() {
        if (isTouched || pipeline.hasWindows()) {
            try (Work work = new Work()) {
                pipeline.endStep(stepNanos);
            }
            nextWindowEnd = Math.min(pipeline.nextEventTimeEnd(), pipeline.nextRowTimeEnd());
            places.afterStep(pipeline, position);
        }
        if (isDone()) {
            queue.finish();
        }
    }

    void fail(Throwable cause) {
        MillraceException failure = Failures.of(cause);
        if (failure.code() == ErrorCode.OUT_OF_MEMORY) {
            queue.cancel(failure); // the rows that wait are what there is no room for
        } else {
            queue.fail(failure);
        }
    }

    /** Frees what it holds, after it is over. */
    void release() {
        registry.remove(this);
        isLive = false;
        letGo();
        if (reader != null) {
            reader.close();
            reader = null;
        }
        circuit.close();
    }

    /** A part of a step, on the thread that all continuous queries share. */
    private final class Work implements AutoCloseable {
        private final QueryScope scope = circuit.enter(queue::isEnded);

        Work() {
            meter.begin();
        }

        @Override
        public void close() {
            meter.end();
            scope.close();
        }
    }
}
