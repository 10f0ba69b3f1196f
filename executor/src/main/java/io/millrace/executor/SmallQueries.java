package io.millrace.executor;

import io.millrace.executor.circuit.ReadPosition;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Sort;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.Values;

/** Tells the queries that take less time than handing them to another thread. */
final class SmallQueries {
    private static final int MAX_ROWS = 10_000;

    private SmallQueries() {}

    static boolean isSmall(PlanNode node, ReadPosition position) {
        if (node instanceof TableScan scan) {
            return !scan.key().isEmpty()
                    || position.table(scan.tableId(), scan.tableName()).rows() <= MAX_ROWS;
        }
        if (node instanceof Values || node instanceof SystemScan) {
            return true;
        }
        boolean isLinear = node instanceof FilterProject
                || node instanceof HashAggregate
                || node instanceof Sort
                || node instanceof Limit;
        return isLinear && isSmall(node.inputs().get(0), position);
    }
}
