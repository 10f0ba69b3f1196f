package io.millrace.planner;

import io.millrace.plan.ChangeKind;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SetOperation;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.UnionAll;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells what bounds the state of the operators of a query whose result is kept, and what grows for ever. */
final class StateBounds {
    private static final String WINDOWS = "aggregate over windows, for example FROM … WINDOW TUMBLE(1h)";

    private StateBounds() {}

    /** What bounds the state of a node; empty when it has none. */
    static String bound(PlanNode node) {
        if (node instanceof WindowAssign assign && assign.window().isSession()) {
            return assign.closedBy() == TimeAttribute.NONE
                    ? "; state: all rows" + of(node)
                    : "; state: the rows of open sessions, bound: the watermark of "
                            + assign.input().rowType().name(assign.timeColumn());
        }
        if (node instanceof WindowAggregate aggregate
                && aggregate.window().isSession()
                && ChangeKind.of(aggregate.input()) == ChangeKind.CHANGE) {
            return "; state: all rows" + of(node);
        }
        if (node instanceof WindowAggregate aggregate) {
            return aggregate.timeAttribute() == TimeAttribute.NONE
                    ? "; state: one record per group and window, bound: the rows of the input"
                    : "; state: one record per group and open window, bound: the watermark of "
                            + node.inputs().get(0).rowType().name(aggregate.timeColumn());
        }
        if (node instanceof HashAggregate aggregate) {
            return "; state: one record per group" + (aggregate.keys().isEmpty() ? ", bound: 1" : of(node));
        }
        if (node instanceof GroupingSetsAggregate) {
            return "; state: one record per group of each set" + of(node);
        }
        if (node instanceof Join) {
            return "; state: all rows of both inputs" + of(node);
        }
        if (node instanceof SetOperation) {
            return "; state: one record per distinct row" + of(node);
        }
        return node instanceof FilterProject || node instanceof UnionAll || node instanceof WindowAssign
                ? "; state: none"
                : "";
    }

    private static String of(PlanNode node) {
        return node.inputs().stream().anyMatch(StateBounds::isEndless)
                ? ", bound: none, it grows with the stream"
                : ", bound: the rows of the input";
    }

    /** Whether ever new rows come. */
    private static boolean isEndless(PlanNode node) {
        if (node instanceof HashAggregate aggregate && aggregate.keys().isEmpty()) {
            return false;
        }
        return node instanceof StreamScan
                || (node instanceof TableScan scan && scan.source() == TableScan.Source.APPEND_ONLY_VIEW)
                || node.inputs().stream().anyMatch(StateBounds::isEndless);
    }

    /** What of a view grows for ever, each with the clause that would bound it. */
    static List<String> warnings(StandingQuery query) {
        Set<String> found = new LinkedHashSet<>();
        collect(query.root(), found);
        if (found.isEmpty() && isEndless(query.root()) && ChangeKind.of(query.root()) == ChangeKind.APPEND) {
            found.add("the view keeps every row that comes, without bound; to keep less, " + WINDOWS
                    + ", or follow the query with EMIT CHANGES, which keeps nothing");
        }
        return new ArrayList<>(found);
    }

    private static void collect(PlanNode node, Set<String> found) {
        boolean isEndless = node.inputs().stream().anyMatch(StateBounds::isEndless);
        if (isEndless
                && node instanceof HashAggregate aggregate
                && !aggregate.keys().isEmpty()) {
            List<String> input = aggregate.input().rowType().fields().stream()
                    .map(field -> field.name())
                    .toList();
            String keys =
                    String.join(", ", aggregate.keys().stream().map(input::get).toList());
            found.add("the state grows without bound: one record is kept for each different (" + keys
                    + "); to bound it, " + WINDOWS);
        } else if (isEndless && node instanceof GroupingSetsAggregate) {
            found.add("the state grows without bound: one record is kept for each group of each set; to bound it, "
                    + WINDOWS);
        } else if (isEndless && node instanceof Join) {
            found.add(
                    "the state grows without bound: the join keeps all rows of both inputs; to bound it, aggregate its"
                            + " inputs over windows first");
        } else if (isEndless && node instanceof SetOperation) {
            found.add("the state grows without bound: one record is kept for each different row; to bound it, "
                    + WINDOWS);
        }
        node.inputs().forEach(input -> collect(input, found));
    }
}
