package io.millrace.plan;

import java.util.List;

/** A node of a physical plan: immutable, a tree. */
public sealed interface PlanNode
        permits StreamScan,
                TableScan,
                SystemScan,
                Values,
                FilterProject,
                WindowAssign,
                WindowAggregate,
                HashAggregate,
                GroupingSetsAggregate,
                Join,
                UnionAll,
                SetOperation,
                Sort,
                Limit {
    RowType rowType();

    List<PlanNode> inputs();

    <R> R accept(PlanVisitor<R> visitor);
}
