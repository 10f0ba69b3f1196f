package io.millrace.planner;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;

/**
 * Makes a tree of a plan in which equal parts are one object. The decorrelator widens an input that needs columns of an
 * outer row, and would count these columns wherever else that object is read.
 */
final class UnsharedInputs extends RelHomogeneousShuttle {
    private UnsharedInputs() {}

    static RelNode of(RelNode root) {
        return root.accept(new UnsharedInputs());
    }

    @Override
    public RelNode visit(TableScan scan) {
        return LogicalTableScan.create(scan.getCluster(), scan.getTable(), scan.getHints());
    }

    @Override
    public RelNode visit(RelNode node) {
        if (node instanceof TableScan scan) {
            return visit(scan);
        }
        return node.getInputs().isEmpty() ? node.copy(node.getTraitSet(), node.getInputs()) : super.visit(node);
    }
}
