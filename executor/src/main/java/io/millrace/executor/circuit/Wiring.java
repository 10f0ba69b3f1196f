package io.millrace.executor.circuit;

import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.operator.FilterProjectOperator;
import io.millrace.executor.operator.ForkOperator;
import io.millrace.executor.operator.HashAggregateOperator;
import io.millrace.executor.operator.JoinOperator;
import io.millrace.executor.operator.LimitOperator;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.operator.SessionAggregateOperator;
import io.millrace.executor.operator.SessionAssignOperator;
import io.millrace.executor.operator.SetOperator;
import io.millrace.executor.operator.SortOperator;
import io.millrace.executor.operator.UnionAllOperator;
import io.millrace.executor.operator.WindowAggregateOperator;
import io.millrace.executor.operator.WindowAssignOperator;
import io.millrace.executor.time.Watermarks;
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
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts each node's operator before those that are there, down to the sources; returns all pipelines so far. */
class Wiring implements PlanVisitor<List<Pipeline>> {
    final Setup setup;
    final List<Window> windows = new ArrayList<>();
    Operator head;
    private OperatorCounter consumer;

    /** @param consumer counts what {@code head} takes */
    Wiring(Operator head, OperatorCounter consumer, Setup setup) {
        this.head = head;
        this.consumer = consumer;
        this.setup = setup;
    }

    /**
     * What all nodes of a plan share.
     *
     * @param start null unless the query is continuous
     * @param pipelines those that have been wired so far
     */
    record Setup(
            QueryCounters counters,
            ExpressionCompiler compiler,
            @Nullable ContinuousStart start,
            MemoryCheck memory,
            List<Pipeline> pipelines) {
        Operator metered(Operator operator, OperatorCounter counter) {
            return new MeteredOperator(operator, counter, counters.timer());
        }
    }

    private List<Pipeline> source(PlanNode scan, List<Integer> columns) {
        setup.pipelines()
                .add(new Pipeline(scan, head, windows, new ScanBatch(columns), setup.counters(), setup.memory()));
        return setup.pipelines();
    }

    @Override
    public List<Pipeline> visitStreamScan(StreamScan scan) {
        return source(scan, scan.columns());
    }

    @Override
    public List<Pipeline> visitTableScan(TableScan scan) {
        return source(scan, scan.columns());
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
        return before(node, "FilterProject", new FilterProjectOperator(node, setup.compiler(), head));
    }

    @Override
    public List<Pipeline> visitWindowAssign(WindowAssign node) {
        if (node.window().isSession()) {
            return sessions(node);
        }
        WindowAssignOperator operator = new WindowAssignOperator(node, head);
        if (node.closedBy() != TimeAttribute.NONE) {
            windows.add(new Window(node.window(), node.closedBy(), operator));
        }
        return before(node, "WindowAssign", operator);
    }

    /** Each row of a session when it closes. */
    List<Pipeline> sessions(WindowAssign node) {
        gate(node.closedBy(), node.input().rowType().size() + 1);
        SessionAssignOperator operator = new SessionAssignOperator(node, partition(node), false, head);
        windows.add(new Window(node.window(), node.closedBy(), operator));
        return before(node, "WindowAssign", operator);
    }

    static List<Integer> partition(WindowAssign node) {
        return Objects.requireNonNull(node.partition(), "sessions that no columns tell apart");
    }

    /** Leaves out windows that had closed before the query began. */
    final void gate(TimeAttribute attribute, int endColumn) {
        ContinuousStart start = setup.start();
        if (start != null && start.closedBy(attribute) != Watermarks.NONE) {
            head = new StartGate(endColumn, start.closedBy(attribute), head);
        }
    }

    @Override
    public List<Pipeline> visitWindowAggregate(WindowAggregate node) {
        gate(node.timeAttribute(), node.keys().size() + 1);
        if (node.window().isSession()) {
            SessionAggregateOperator sessions = new SessionAggregateOperator(node, head);
            windows.add(new Window(node.window(), node.timeAttribute(), sessions));
            return before(node, "WindowAggregate", sessions);
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
            Operator projection = new FilterProjectOperator(full, setup.compiler(), union.port(set == last));
            groupings.add(new HashAggregateOperator(grouping, projection));
        }
        return before(node, "GroupingSetsAggregate", new ForkOperator(groupings));
    }

    /** What is kept comes before what passes by it. */
    @Override
    public List<Pipeline> visitJoin(Join node) {
        JoinOperator operator = new JoinOperator(node, setup.compiler(), head);
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
        return setup.pipelines();
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

    final List<Pipeline> before(PlanNode node, String name, Operator operator) {
        consumer = setup.counters().operator(name, consumer);
        head = setup.metered(operator, consumer);
        return node.inputs().get(0).accept(this);
    }

    /** The windows beyond a port are not closed by the watermarks of its input. */
    final List<Pipeline> port(PlanNode input, String name, Operator port) {
        OperatorCounter counter = setup.counters().operator(name, consumer);
        return input.accept(at(setup.metered(port, counter), counter));
    }

    /** For the operators before a port. */
    Wiring at(Operator port, OperatorCounter counter) {
        return new Wiring(port, counter, setup);
    }
}
