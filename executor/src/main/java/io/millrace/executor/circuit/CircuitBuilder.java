package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.metrics.QueryCounters;
import io.millrace.executor.operator.FilterProjectOperator;
import io.millrace.executor.operator.HashAggregateOperator;
import io.millrace.executor.operator.LimitOperator;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.operator.SortOperator;
import io.millrace.executor.operator.WindowAggregateOperator;
import io.millrace.executor.operator.WindowAssignOperator;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.StepTime;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.view.ResultQueue;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.Values;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wires the operators of one plan, from its root, whose output goes to the query's reader, down to its source. */
public final class CircuitBuilder {
    private final PlanNode root;
    private final @Nullable ContinuousStart start;
    private final StepTime stepTime;
    private final QueryCounters counters = new QueryCounters();

    private @Nullable PlanNode source;

    /**
     * @param start null for a bounded query
     * @param now what CURRENT_TIMESTAMP gives until the first step
     */
    public CircuitBuilder(PlanNode root, @Nullable ContinuousStart start, long now) {
        this.root = root;
        this.start = start;
        this.stepTime = new StepTime(now);
    }

    QueryCounters counters() {
        return counters;
    }

    Circuit build(ResultQueue queue, QueryMemory memory) {
        MemoryCheck check = new MemoryCheck(memory);
        Chain chain = new Chain(new ResultOperator(queue, check));
        source = root.accept(chain);
        check.watch(chain.head);
        return new Circuit(chain.head, chain.windows, new ScanBatch(chain.columns), stepTime, counters, check);
    }

    /** Opens the source of a plan that reads no stream, after {@link #build}. */
    BatchSource openSource(SystemTables systemTables, ReadPosition position) {
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

    /** Puts each node's operator before those that are there; returns the source. */
    private final class Chain implements PlanVisitor<PlanNode> {
        private final ExpressionCompiler compiler = new ExpressionCompiler(stepTime);
        private final List<Window> windows = new ArrayList<>();
        private List<Integer> columns = List.of();
        private Operator head;

        Chain(ResultOperator result) {
            head = new MeteredOperator(result, counters.operator("Result"));
        }

        @Override
        public PlanNode visitStreamScan(StreamScan scan) {
            columns = scan.columns();
            return scan;
        }

        @Override
        public PlanNode visitTableScan(TableScan scan) {
            return scan;
        }

        @Override
        public PlanNode visitSystemScan(SystemScan scan) {
            return scan;
        }

        @Override
        public PlanNode visitValues(Values values) {
            return values;
        }

        @Override
        public PlanNode visitFilterProject(FilterProject node) {
            return before(node, "FilterProject", new FilterProjectOperator(node, compiler, head));
        }

        @Override
        public PlanNode visitWindowAssign(WindowAssign node) {
            return before(node, "WindowAssign", new WindowAssignOperator(node, head));
        }

        @Override
        public PlanNode visitWindowAggregate(WindowAggregate node) {
            if (start != null && start.closedBy(node.timeAttribute()) != Watermarks.NONE) {
                head = new StartGate(node.keys().size() + 1, start.closedBy(node.timeAttribute()), head);
            }
            WindowAggregateOperator operator = new WindowAggregateOperator(node, head);
            windows.add(new Window(node.window(), node.timeAttribute(), operator));
            return before(node, "WindowAggregate", operator);
        }

        @Override
        public PlanNode visitHashAggregate(HashAggregate node) {
            return before(node, "HashAggregate", new HashAggregateOperator(node, head));
        }

        @Override
        public PlanNode visitSort(Sort node) {
            return before(node, "Sort", new SortOperator(node, head));
        }

        @Override
        public PlanNode visitLimit(Limit node) {
            return before(node, "Limit", new LimitOperator(node, head));
        }

        private PlanNode before(PlanNode node, String name, Operator operator) {
            head = new MeteredOperator(operator, counters.operator(name));
            return node.inputs().get(0).accept(this);
        }
    }
}
