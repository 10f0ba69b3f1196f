package io.millrace.server.catalog;

import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import java.util.Set;
import java.util.TreeSet;

/** The numbers of the streams, tables and materialized views that a plan reads. */
final class ReadNumbers {
    private ReadNumbers() {}

    static Set<Long> of(PlanNode node) {
        Set<Long> numbers = new TreeSet<>();
        collect(node, numbers);
        return numbers;
    }

    private static void collect(PlanNode node, Set<Long> into) {
        if (node instanceof StreamScan scan) {
            into.add(scan.streamId());
        } else if (node instanceof TableScan scan) {
            into.add(scan.tableId());
        }
        node.inputs().forEach(input -> collect(input, into));
    }
}
