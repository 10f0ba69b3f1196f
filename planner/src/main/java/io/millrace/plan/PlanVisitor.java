package io.millrace.plan;

/** One method per kind of plan node. */
public interface PlanVisitor<R> {
    R visitStreamScan(StreamScan scan);

    R visitTableScan(TableScan scan);

    R visitSystemScan(SystemScan scan);

    R visitValues(Values values);

    R visitFilterProject(FilterProject node);

    R visitWindowAssign(WindowAssign node);

    R visitWindowAggregate(WindowAggregate node);

    R visitHashAggregate(HashAggregate node);

    R visitGroupingSets(GroupingSetsAggregate node);

    R visitJoin(Join node);

    R visitUnionAll(UnionAll node);

    R visitSetOperation(SetOperation node);

    R visitSort(Sort node);

    R visitLimit(Limit node);
}
