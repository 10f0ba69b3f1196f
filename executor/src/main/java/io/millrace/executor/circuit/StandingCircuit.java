package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.operator.ChangeAggregateOperator;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.StepTime;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operators of a query whose result is kept. Its pipelines take the changes of their sources in any order; the end of
 * a step lets through what was gathered. For one thread at a time.
 */
public final class StandingCircuit implements AutoCloseable {
    private final Circuit circuit;
    private final StepTime stepTime;
    private final StandingStates states = new StandingStates();
    /** Null when what the operators hold does not tell the result. */
    private final @Nullable ChangeAggregateOperator result;

    /**
     * @param start which windows are left out; null: none
     * @param sink takes the changes of the result
     * @param nanoTime by which operators are timed
     * @throws MillraceException OUT_OF_MEMORY when there is no room for what the operators take for a batch
     */
    public StandingCircuit(
            PlanNode root,
            @Nullable ContinuousStart start,
            Operator sink,
            QueryMemory memory,
            long now,
            LongSupplier nanoTime) {
        stepTime = new StepTime(now);
        QueryCounters counters = new QueryCounters(nanoTime);
        MemoryCheck check = new MemoryCheck(memory, BufferEstimate.bytes(root));
        try {
            OperatorCounter counter = counters.operator("Result", null);
            Wiring.Setup setup =
                    new Wiring.Setup(counters, new ExpressionCompiler(stepTime), start, check, new ArrayList<>());
            root.accept(new StandingWiring(setup.metered(sink, counter), counter, setup, states));
            circuit = new Circuit(setup.pipelines(), stepTime, counters, check);
            result = PlanShape.isOfGroups(root) ? states.lastAggregation() : null;
        } catch (RuntimeException | Error failure) {
            check.close();
            throw failure;
        }
    }

    /** One for each source. */
    public List<Pipeline> pipelines() {
        return circuit.pipelines();
    }

    /** How many groups wait for the end of the step, to give their changes. */
    public long touchedGroups() {
        return states.touchedGroups();
    }

    /** What the operators hold, in the order of the plan. */
    public List<SavedState> states() {
        return states.saved();
    }

    /** Whether the whole result can be given anew at any time: {@link #giveAll}. */
    public boolean canGiveAll() {
        return result != null;
    }

    /** Lets the operators take what comes without telling what changes, until {@link #giveAll}. Between two steps. */
    public void beQuiet() {
        result().beQuiet();
    }

    /** The whole result will have so many rows when the states are there; before they are. */
    public void expect(long rows) {
        result().expect(rows);
    }

    /** Gives the whole result, as if there had been none before. Between two steps. */
    public void giveAll() {
        result().giveAll();
    }

    private ChangeAggregateOperator result() {
        ChangeAggregateOperator present = result;
        if (present == null) {
            throw MillraceException.internal("the result is not that of an aggregation");
        }
        return present;
    }

    /** Writes how far the times of the sources have come. Between steps only. */
    public void saveTimes(StateWriter out) {
        pipelines().forEach(pipeline -> pipeline.saveTimes(out));
        out.flush();
    }

    /** Reads what was written, and tells it to the operators, whose states are there already. */
    public void restoreTimes(StateReader in) {
        pipelines().forEach(pipeline -> pipeline.restoreTimes(in));
    }

    /** The rows of a source that is neither stream nor table. */
    public BatchSource values(Values values) {
        return new ValuesSource(values, stepTime);
    }

    /** Whether so many bytes more could be held now. */
    public boolean hasRoom(long bytes) {
        return circuit.hasRoom(bytes);
    }

    /** Works for the query on this thread, until the scope is closed. */
    public QueryScope enter(BooleanSupplier isEnded) {
        return circuit.enter(isEnded);
    }

    public void beginStep(long now) {
        circuit.beginStep(now);
    }

    /**
     * All changes of the step have been pushed.
     *
     * @param nanos that the step has taken, at least 1
     */
    public void endStep(long nanos) {
        boolean isFirst = true;
        for (Pipeline pipeline : circuit.pipelines()) {
            pipeline.endStep(isFirst ? nanos : 0); // the counters are of all pipelines together
            isFirst = false;
        }
    }

    /** @param rowsOut that the result has given */
    public QueryMetrics metrics(long rowsOut) {
        return circuit.counters().read(rowsOut);
    }

    @Override
    public void close() {
        circuit.close();
    }
}
