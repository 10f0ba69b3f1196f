package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.OperatorCounter;
import io.millrace.executor.operator.ChangeAggregateOperator;
import io.millrace.executor.operator.ChangeAggregateOperator.Closing;
import io.millrace.executor.operator.ChangeJoinOperator;
import io.millrace.executor.operator.ChangeSessionsOperator;
import io.millrace.executor.operator.ChangeSetOperator;
import io.millrace.executor.operator.FilterProjectOperator;
import io.millrace.executor.operator.ForkOperator;
import io.millrace.executor.operator.OpenWindowsOperator;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.operator.RevisedSessionsOperator;
import io.millrace.executor.operator.SessionAssignOperator;
import io.millrace.executor.operator.UnionAllOperator;
import io.millrace.plan.ChangeKind;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.List;

/** Wires operators that turn changes into changes, for ever: of a query whose result is kept. */
final class StandingWiring extends Wiring {
    private static final DataType BOUND = DataType.timestamp(3).notNull();

    private final StandingStates states;

    /** @param states gets the operators that hold something */
    StandingWiring(Operator head, OperatorCounter consumer, Setup setup, StandingStates states) {
        super(head, consumer, setup);
        this.states = states;
    }

    @Override
    Wiring at(Operator port, OperatorCounter counter) {
        return new StandingWiring(port, counter, setup, states);
    }

    @Override
    public List<Pipeline> visitHashAggregate(HashAggregate node) {
        return before(node, "HashAggregate", aggregate(node, isChanging(node.input()), Closing.NEVER, head));
    }

    private Operator aggregate(HashAggregate node, boolean isChanging, Closing closing, Operator output) {
        ChangeAggregateOperator aggregate = new ChangeAggregateOperator(node, isChanging, closing, output);
        states.add(aggregate);
        states.add(aggregate.states());
        return aggregate;
    }

    private static boolean isChanging(PlanNode node) {
        return ChangeKind.of(node) == ChangeKind.CHANGE;
    }

    /** Each row of a session as long as it is in it. */
    @Override
    List<Pipeline> sessions(WindowAssign node) {
        gate(node.closedBy(), node.input().rowType().size() + 1);
        SessionAssignOperator operator = new SessionAssignOperator(node, partition(node), true, head);
        states.add(operator::touchedTimes);
        states.add(List.of(operator.state()));
        windows.add(new Window(node.window(), node.closedBy(), operator));
        return before(node, "WindowAssign", operator);
    }

    /** By key and window, as windows are seen before they close. */
    @Override
    public List<Pipeline> visitWindowAggregate(WindowAggregate node) {
        gate(node.timeAttribute(), node.keys().size() + 1);
        if (node.window().isSession() && isChanging(node.input())) {
            RevisedSessionsOperator sessions = new RevisedSessionsOperator(node, head);
            states.add(sessions::touchedTimes);
            states.add(List.of(sessions.state()));
            this.windows.add(new Window(node.window(), node.timeAttribute(), sessions));
            return before(node, "WindowAggregate", sessions);
        }
        if (node.window().isSession()) {
            ChangeSessionsOperator sessions = new ChangeSessionsOperator(node, head);
            states.add(sessions::touchedSessions);
            states.add(List.of(sessions.state()));
            this.windows.add(new Window(node.window(), node.timeAttribute(), sessions));
            return before(node, "WindowAggregate", sessions);
        }
        int width = node.input().rowType().size();
        List<Field> fields = new ArrayList<>(node.input().rowType().fields());
        fields.add(new Field("window_start", BOUND));
        fields.add(new Field("window_end", BOUND));
        PlanNode windowed = new FilterProject(node.input(), null, List.of(), new RowType(fields));
        List<Integer> keys = new ArrayList<>(node.keys());
        keys.add(width);
        keys.add(width + 1);
        HashAggregate byWindow = new HashAggregate(windowed, keys, node.aggregates(), node.rowType());
        Closing closing = new Closing(keys.size() - 1, node.timeAttribute());
        OpenWindowsOperator windows =
                new OpenWindowsOperator(node, aggregate(byWindow, isChanging(node.input()), closing, head));
        this.windows.add(new Window(node.window(), node.timeAttribute(), windows));
        return before(node, "WindowAggregate", windows);
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
            groupings.add(aggregate(grouping, isChanging(node.input()), Closing.NEVER, projection));
        }
        return before(node, "GroupingSetsAggregate", new ForkOperator(groupings));
    }

    @Override
    public List<Pipeline> visitSetOperation(SetOperation node) {
        ChangeSetOperator operator = new ChangeSetOperator(node, head);
        states.add(List.of(operator.state()));
        port(node.left(), "SetOperation left", operator.left());
        return port(node.right(), "SetOperation right", operator.right());
    }

    @Override
    public List<Pipeline> visitJoin(Join node) {
        ChangeJoinOperator operator = new ChangeJoinOperator(node, setup.compiler(), head);
        states.add(operator.states());
        port(node.left(), "Join left", operator.left());
        return port(node.right(), "Join right", operator.right());
    }

    @Override
    public List<Pipeline> visitSort(Sort node) {
        throw unplanned(node);
    }

    @Override
    public List<Pipeline> visitLimit(Limit node) {
        throw unplanned(node);
    }

    private static MillraceException unplanned(PlanNode node) {
        return MillraceException.internal(
                "no changing operator for " + node.getClass().getSimpleName());
    }
}
