package io.millrace.planner;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/** Counts each query that it converts, and again whenever a query named by WITH is used, before the plan has grown. */
final class BudgetedConverter extends SqlToRelConverter {
    private final SqlValidator queries;

    BudgetedConverter(
            RelOptTable.ViewExpander views,
            SqlValidator validator,
            Prepare.CatalogReader catalog,
            RelOptCluster cluster,
            SqlRexConvertletTable convertlets,
            Config config) {
        super(views, validator, catalog, cluster, convertlets, config);
        queries = validator;
    }

    @Override
    protected RelRoot convertQueryRecursive(SqlNode query, boolean top, @Nullable RelDataType targetRowType) {
        RelDataType type = queries.getValidatedNodeTypeIfKnown(query);
        PlanningBudget.current().relation(type == null ? 0 : type.getFieldCount());
        return super.convertQueryRecursive(query, top, targetRowType);
    }

    @Override
    protected void convertFrom(Blackboard blackboard, @Nullable SqlNode from) {
        PlanningBudget.current().relation(0);
        super.convertFrom(blackboard, from);
    }
}
