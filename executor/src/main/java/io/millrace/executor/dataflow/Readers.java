package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Those who wait until views can be read. For the thread of the dataflow, but for what says otherwise. */
final class Readers {
    private final DataflowSteps steps;
    private final List<Reader> waiting = new ArrayList<>();
    /** Those who may have come during a step that they need not wait longer than. */
    private final Queue<Reader> arrived = new ConcurrentLinkedQueue<>();

    Readers(DataflowSteps steps) {
        this.steps = steps;
    }

    /**
     * One who waits.
     *
     * @param sequence of the commits that the views must have taken
     * @param future completes, on any thread, when that is so; exceptionally when one of them is out of use
     */
    record Reader(List<Long> views, long sequence, CompletableFuture<Published> future) {}

    /** One who is going to be added; on any thread. */
    void arrive(Reader reader) {
        arrived.add(reader);
    }

    void add(Reader reader) {
        waiting.add(reader);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** False when it is too early. On any thread. */
    boolean answer(Reader reader) {
        return answer(reader, false);
    }

    /** Answers those for whom it is time, after a step. */
    void answer() {
        for (Reader reader = arrived.poll(); reader != null; reader = arrived.poll()) {
            answer(reader);
        }
        MillraceException halted = steps.halted();
        if (halted != null) {
            fail(halted);
        }
        if (!waiting.isEmpty()) {
            Set<Long> wanted = new HashSet<>();
            waiting.forEach(reader -> wanted.addAll(reader.views()));
            steps.retryNow(wanted);
            waiting.removeIf(reader -> reader.future().isDone() || answer(reader, true) || giveUp(reader));
            MillraceException obstacle = steps.records().obstacle();
            if (obstacle != null) {
                fail(obstacle);
            }
        }
    }

    /** @param isTried whether views that have failed have been given another try, if that is worth while */
    private boolean answer(Reader reader, boolean isTried) {
        Published published = steps.published();
        if (published.cut().sequence() < reader.sequence()) {
            return false;
        }
        boolean isReady = true;
        for (long id : reader.views()) {
            MillraceException failure = published.failures().get(id);
            if (failure != null) {
                return isTried && reader.future().completeExceptionally(failure);
            }
            isReady &= published.views().containsKey(id);
        }
        return isReady && reader.future().complete(published);
    }

    /** Ends the waiting for views that are not there any more. */
    private boolean giveUp(Reader reader) {
        for (long id : reader.views()) {
            if (steps.views().find(id) == null) {
                return reader.future()
                        .completeExceptionally(new MillraceException(
                                ErrorCode.UNDEFINED_OBJECT, "a view that the query reads does not exist any more"));
            }
        }
        return false;
    }

    /** Ends the waiting of all. */
    void fail(MillraceException reason) {
        arrived.clear(); // they are going to be added
        waiting.forEach(reader -> reader.future().completeExceptionally(reason));
        waiting.clear();
    }
}
