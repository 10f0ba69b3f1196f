package io.millrace.plan;

/** What the changes of a node's output can be. */
public enum ChangeKind {
    /** Rows come, and never go again. */
    APPEND,
    /** Rows come and go. */
    CHANGE;

    /** The kind of the output when windows are seen before they close. */
    public static ChangeKind of(PlanNode node) {
        if (node instanceof StreamScan || node instanceof Values || node instanceof SystemScan) {
            return APPEND;
        }
        if (node instanceof TableScan scan) {
            return scan.source() == TableScan.Source.APPEND_ONLY_VIEW ? APPEND : CHANGE;
        }
        if (node instanceof WindowAssign assign && assign.window().isSession()) {
            return CHANGE; // a row that joins the session of others moves its bounds
        }
        if (node instanceof FilterProject || node instanceof WindowAssign || node instanceof UnionAll) {
            return ofAll(node);
        }
        if (node instanceof HashAggregate aggregate && aggregate.aggregates().isEmpty()) {
            return ofAll(node);
        }
        if (node instanceof Join join && join.kind() == JoinKind.INNER) {
            return ofAll(node);
        }
        return CHANGE;
    }

    private static ChangeKind ofAll(PlanNode node) {
        return node.inputs().stream().allMatch(input -> of(input) == APPEND) ? APPEND : CHANGE;
    }
}
