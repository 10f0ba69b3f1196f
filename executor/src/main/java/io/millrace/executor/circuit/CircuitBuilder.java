package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.StepTime;
import io.millrace.executor.view.ResultQueue;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Wires the operators of one plan, from its root, whose output goes to the query's reader, down to its sources. */
public final class CircuitBuilder {
    private final PlanNode root;
    private final @Nullable ContinuousStart start;
    private final StepTime stepTime;
    private final QueryCounters counters;

    /**
     * @param start null for a bounded query
     * @param now what CURRENT_TIMESTAMP gives until the first step
     * @param nanoTime by which operators are timed
     */
    public CircuitBuilder(PlanNode root, @Nullable ContinuousStart start, long now, LongSupplier nanoTime) {
        this.root = root;
        this.start = start;
        this.stepTime = new StepTime(now);
        this.counters = new QueryCounters(nanoTime);
    }

    /** Tells expressions where the query reads. */
    void position(long position) {
        stepTime.position(position);
    }

    PlanNode root() {
        return root;
    }

    QueryCounters counters() {
        return counters;
    }

    Circuit build(ResultQueue queue, QueryMemory memory) {
        MemoryCheck check = new MemoryCheck(memory, BufferEstimate.bytes(root));
        try {
            return build(queue, check);
        } catch (RuntimeException | Error failure) {
            check.close();
            throw failure;
        }
    }

    private Circuit build(ResultQueue queue, MemoryCheck check) {
        OperatorCounter result = counters.operator("Result", null);
        Wiring.Setup setup =
                new Wiring.Setup(counters, new ExpressionCompiler(stepTime), start, check, new ArrayList<>());
        root.accept(new Wiring(setup.metered(new ResultOperator(queue, check), result), result, setup));
        return new Circuit(setup.pipelines(), stepTime, counters, check);
    }

    /** Opens the source of a pipeline that reads no stream, after {@link #build}. */
    BatchSource openSource(PlanNode source, SystemTables systemTables, ReadPosition position) {
        if (source instanceof Values values) {
            return new ValuesSource(values, stepTime);
        }
        if (source instanceof TableScan scan) {
            return new TableSource(scan, position.table(scan.tableId(), scan.tableName()), stepTime);
        }
        if (source instanceof SystemScan scan) {
            return new SystemSource(scan, systemTables);
        }
        throw MillraceException.internal("no source for " + source);
    }
}
