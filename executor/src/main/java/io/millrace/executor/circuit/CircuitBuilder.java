package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.operator.FilterProjectOperator;
import io.millrace.executor.operator.ForkOperator;
import io.millrace.executor.operator.HashAggregateOperator;
import io.millrace.executor.operator.JoinOperator;
import io.millrace.executor.operator.LimitOperator;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.operator.SetOperator;
import io.millrace.executor.operator.SortOperator;
import io.millrace.executor.operator.UnionAllOperator;
import io.millrace.executor.operator.WindowAggregateOperator;
import io.millrace.executor.operator.WindowAssignOperator;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.StepTime;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.view.ResultQueue;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.List;
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
        List<Pipeline> pipelines = new ArrayList<>();
        OperatorCounter result = counters.operator("Result", null);
        root.accept(new Wiring(metered(new ResultOperator(queue, check), result), result, pipelines, check));
        return new Circuit(pipelines, stepTime, counters, check);
    }

    private Operator metered(Operator operator, OperatorCounter counter) {
        return new MeteredOperator(operator, counter, counters.timer());
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

    /** Puts each node's operator before those that are there, down to the sources; returns all pipelines so far. */
    private final class Wiring implements PlanVisitor<List<Pipeline>> {
        private final List<Pipeline> pipelines;
        private final MemoryCheck memory;
        private final ExpressionCompiler compiler = new ExpressionCompiler(stepTime);
        private final List<Window> windows = new ArrayList<>();
        private Operator head;
        private OperatorCounter consumer;

        /** @param consumer counts what {@code head} takes */
        Wiring(Operator head, OperatorCounter consumer, List<Pipeline> pipelines, MemoryCheck memory) {
            this.head = head;
            this.consumer = consumer;
            this.pipelines = pipelines;
            this.memory = memory;
        }

        private List<Pipeline> source(PlanNode scan, List<Integer> columns) {
            pipelines.add(new Pipeline(scan, head, windows, new ScanBatch(columns), counters, memory));
            return pipelines;
        }

        @Override
        public List<Pipeline> visitStreamScan(StreamScan scan) {
            return source(scan, scan.columns());
        }

        @Override
        public List<Pipeline> visitTableScan(TableScan scan) {
            return source(scan, List.of());
        }

        @Override
        public List<Pipeline> visitSystemScan(SystemScan scan) {
            return source(scan, List.of());
        }

        @Override
        public List<Pipeline> visitValues(Values values) {
            return source(values, List.of());
        }

        @Override
        public List<Pipeline> visitFilterProject(FilterProject node) {
            return before(node, "FilterProject", new FilterProjectOperator(node, compiler, head));
        }

        @Override
        public List<Pipeline> visitWindowAssign(WindowAssign node) {
            return before(node, "WindowAssign", new WindowAssignOperator(node, head));
        }

        @Override
        public List<Pipeline> visitWindowAggregate(WindowAggregate node) {
            if (start != null && start.closedBy(node.timeAttribute()) != Watermarks.NONE) {
                head = new StartGate(node.keys().size() + 1, start.closedBy(node.timeAttribute()), head);
            }
            WindowAggregateOperator operator = new WindowAggregateOperator(node, head);
            windows.add(new Window(node.window(), node.timeAttribute(), operator));
            return before(node, "WindowAggregate", operator);
        }

        @Override
        public List<Pipeline> visitHashAggregate(HashAggregate node) {
            return before(node, "HashAggregate", new HashAggregateOperator(node, head));
        }

        @Override
        public List<Pipeline> visitGroupingSets(GroupingSetsAggregate node) {
            int last = node.sets().size() - 1;
            UnionAllOperator union = new UnionAllOperator(node.sets().size(), head);
            List<Operator> groupings = new ArrayList<>();
            for (int set = 0; set <= last; set++) {
                HashAggregate grouping = node.grouping(set);
                FilterProject full = new FilterProject(grouping, null, node.projections(set), node.rowType());
                Operator projection = new FilterProjectOperator(full, compiler, union.port(set == last));
                groupings.add(new HashAggregateOperator(grouping, projection));
            }
            return before(node, "GroupingSetsAggregate", new ForkOperator(groupings));
        }

        /** What is kept comes before what passes by it. */
        @Override
        public List<Pipeline> visitJoin(Join node) {
            JoinOperator operator = new JoinOperator(node, compiler, head);
            port(node.right(), "Join build", operator.build());
            return port(node.left(), "Join probe", operator.probe());
        }

        @Override
        public List<Pipeline> visitUnionAll(UnionAll node) {
            int last = node.inputs().size() - 1;
            UnionAllOperator operator = new UnionAllOperator(node.inputs().size(), head);
            for (int i = 0; i <= last; i++) {
                port(node.inputs().get(i), "UnionAll", operator.port(i == last));
            }
            return pipelines;
        }

        @Override
        public List<Pipeline> visitSetOperation(SetOperation node) {
            SetOperator operator = new SetOperator(node, head);
            port(node.left(), "SetOperation left", operator.left());
            return port(node.right(), "SetOperation right", operator.right());
        }

        @Override
        public List<Pipeline> visitSort(Sort node) {
            return before(node, "Sort", new SortOperator(node, head));
        }

        @Override
        public List<Pipeline> visitLimit(Limit node) {
            return before(node, "Limit", new LimitOperator(node, head));
        }

        private List<Pipeline> before(PlanNode node, String name, Operator operator) {
            consumer = counters.operator(name, consumer);
            head = metered(operator, consumer);
            return node.inputs().get(0).accept(this);
        }

        /** The windows beyond a port are not closed by the watermarks of its input. */
        private List<Pipeline> port(PlanNode input, String name, Operator port) {
            OperatorCounter counter = counters.operator(name, consumer);
            return input.accept(new Wiring(metered(port, counter), counter, pipelines, memory));
        }
    }
}
