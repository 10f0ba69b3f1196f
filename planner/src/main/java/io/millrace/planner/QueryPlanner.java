package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** One query through all phases. Not thread-safe. */
final class QueryPlanner {
    private final CatalogSnapshot catalog;
    private final CalciteSchema schema;
    private final SourceText text;
    private final Desugar desugar;
    private boolean isTail;

    QueryPlanner(CatalogSnapshot catalog, CalciteSchema schema, String sql) {
        this.catalog = catalog;
        this.schema = schema;
        text = new SourceText(sql);
        desugar = new Desugar(catalog);
    }

    StatementPlan.Query plan(SqlNode statement) {
        return plan(statement, false);
    }

    /** A query that is no more than its rows, of which nobody asks when they come. */
    StatementPlan.Query planRelation(SqlNode query) {
        return plan(query, true);
    }

    /** Whether the planned query asks for what comes in views, and not in streams. */
    boolean isTail() {
        return isTail;
    }

    /** The relations that the planned query names. */
    Set<Relation> relationsRead() {
        return desugar.relations().used();
    }

    private StatementPlan.Query plan(SqlNode statement, boolean isRelation) {
        QueryShape shape = shape(statement);
        SqlNode query = desugar.rewrite(statement);
        List<String> labels = Labels.of(query, text);
        QueryShape full = new QueryShape(
                shape.select(), shape.aggregate(), shape.orderBy(), desugar.windowPosition(), shape.combined());
        try {
            return plan(query, labels, full, desugar.isContinuous() && !isRelation);
        } catch (MillraceException | PlanningBudget.PlanningGivenUp e) {
            throw e;
        } catch (RuntimeException e) {
            throw ErrorTranslator.translate(e, desugar.relations().used());
        }
    }

    private StatementPlan.Query plan(SqlNode query, List<String> labels, QueryShape shape, boolean isContinuous) {
        RelPlanner planner = new RelPlanner(catalog, schema);
        SqlNode validated = planner.validate(query);
        List<List<String>> origins = planner.validator().getFieldOrigins(validated);
        List<DataType> parameters = new ArrayList<>();
        for (RelDataTypeField field :
                planner.validator().getParameterRowType(validated).getFieldList()) {
            parameters.add(ExpressionTranslator.type(field.getType()).withNullable(true));
        }
        RelRoot root = planner.convert(validated);
        RelNode rewritten = HepPhases.rewrite(root.project(), Nodes.position(shape.combined()));
        PlanNode plan = physical(new PhysicalPlanner(planner.rexBuilder()), rewritten, shape);
        plan = KeyLookups.find(ColumnPruner.prune(ConditionPushDown.rewrite(plan)), catalog);
        isTail = isContinuous && StreamAnalysis.readsViewsOnly(plan);
        plan = StreamAnalysis.analyze(plan, catalog, isContinuous && !isTail, shape);
        List<OutputColumn> output = output(plan, labels, root, origins);
        return new StatementPlan.Query(plan, output, isContinuous, desugar.start(), parameters);
    }

    /** What is refused here is an aggregate, unless it says where it stands. */
    private static PlanNode physical(PhysicalPlanner planner, RelNode root, QueryShape shape) {
        try {
            return planner.plan(root);
        } catch (MillraceException e) {
            throw e.position() == null && e.code() == ErrorCode.NOT_SUPPORTED ? e.at(shape.aggregate()) : e;
        }
    }

    private List<OutputColumn> output(PlanNode plan, List<String> labels, RelRoot root, List<List<String>> origins) {
        List<OutputColumn> output = new ArrayList<>();
        for (int i = 0; i < plan.rowType().size(); i++) {
            String label =
                    i < labels.size() ? labels.get(i) : root.fields.get(i).getValue();
            List<String> origin = i < origins.size() ? origins.get(i) : null;
            DataType type = plan.rowType().type(i);
            output.add(
                    origin == null || origin.size() < 2
                            ? new OutputColumn(label, type)
                            : new OutputColumn(
                                    label, type, origin.get(origin.size() - 2), origin.get(origin.size() - 1)));
        }
        return output;
    }

    /** An expression over named columns of one row. */
    Expression expression(SqlNode node, List<String> names, List<DataType> types) {
        ComplexityGuard.check(node);
        try {
            return RowExpressions.translate(
                    new RelPlanner(catalog, schema), ComplexityGuard.balance(node), names, types);
        } catch (MillraceException | PlanningBudget.PlanningGivenUp e) {
            throw e;
        } catch (RuntimeException e) {
            throw ErrorTranslator.translate(e, desugar.relations().used());
        }
    }

    /** A value that reads no column; the types of its question marks are inferred. */
    Expression value(SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        SqlSelect select = new SqlSelect(
                position, null, SqlNodeList.of(node), null, null, null, null, null, null, null, null, null, null);
        PlanNode plan = plan(select).root();
        if (plan instanceof Values values) {
            return values.rows().get(0).get(0);
        }
        if (plan instanceof FilterProject project && project.input() instanceof Values) {
            return project.projections().get(0);
        }
        throw new MillraceException(
                ErrorCode.INVALID_STATEMENT, "this is not a value", null, Nodes.position(node), null);
    }

    /** Where the clauses stand, before they are rewritten. */
    private static QueryShape shape(SqlNode statement) {
        SqlNode query = statement instanceof io.millrace.parser.ast.SqlContinuousQuery continuous
                ? continuous.query()
                : statement;
        SqlNode orderBy = null;
        if (query instanceof SqlOrderBy order) {
            orderBy = order.orderList.isEmpty() ? null : order.orderList.get(0);
            query = order.query;
        }
        if (query instanceof SqlWith with) {
            query = with.body;
        }
        if (!(query instanceof SqlSelect select)) {
            return new QueryShape(
                    Nodes.position(query),
                    Nodes.position(query),
                    Nodes.position(orderBy),
                    null,
                    CombinedInputs.find(query));
        }
        return new QueryShape(
                Nodes.position(select),
                Nodes.position(aggregation(select)),
                Nodes.position(orderBy),
                null,
                CombinedInputs.find(statement));
    }

    private static @Nullable SqlNode aggregation(SqlSelect select) {
        SqlNode aggregate = Nodes.find(select.getSelectList(), Nodes::isAggregate);
        if (aggregate != null) {
            return aggregate;
        }
        return select.getGroup() == null ? select : select.getGroup();
    }
}
