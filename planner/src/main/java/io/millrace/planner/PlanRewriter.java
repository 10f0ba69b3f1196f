package io.millrace.planner;

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

/** Copies a plan bottom up; subclasses change what they override. */
abstract class PlanRewriter implements PlanVisitor<PlanNode> {
    final PlanNode rewrite(PlanNode node) {
        return node.accept(this);
    }

    @Override
    public PlanNode visitStreamScan(StreamScan scan) {
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
        return new FilterProject(rewrite(node.input()), node.condition(), node.projections(), node.rowType());
    }

    @Override
    public PlanNode visitWindowAssign(WindowAssign node) {
        return new WindowAssign(
                rewrite(node.input()),
                node.window(),
                node.timeColumn(),
                node.closedBy(),
                node.partition(),
                node.rowType());
    }

    @Override
    public PlanNode visitWindowAggregate(WindowAggregate node) {
        return new WindowAggregate(
                rewrite(node.input()),
                node.window(),
                node.timeColumn(),
                node.timeAttribute(),
                node.keys(),
                node.aggregates(),
                node.rowType());
    }

    @Override
    public PlanNode visitHashAggregate(HashAggregate node) {
        return new HashAggregate(rewrite(node.input()), node.keys(), node.aggregates(), node.rowType());
    }

    @Override
    public PlanNode visitGroupingSets(GroupingSetsAggregate node) {
        return new GroupingSetsAggregate(
                rewrite(node.input()), node.keys(), node.sets(), node.aggregates(), node.rowType());
    }

    @Override
    public PlanNode visitJoin(Join node) {
        return new Join(
                rewrite(node.left()), rewrite(node.right()), node.kind(), node.keys(), node.residual(), node.rowType());
    }

    @Override
    public PlanNode visitUnionAll(UnionAll node) {
        return new UnionAll(node.inputs().stream().map(this::rewrite).toList(), node.rowType());
    }

    @Override
    public PlanNode visitSetOperation(SetOperation node) {
        return new SetOperation(rewrite(node.left()), rewrite(node.right()), node.kind(), node.all(), node.rowType());
    }

    @Override
    public PlanNode visitSort(Sort node) {
        return new Sort(rewrite(node.input()), node.keys(), node.offset(), node.fetch(), node.rowType());
    }

    @Override
    public PlanNode visitLimit(Limit node) {
        return new Limit(rewrite(node.input()), node.offset(), node.fetch(), node.rowType());
    }
}
