package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/** Calcite's validator and converter with our settings, for one statement. Not thread-safe. */
final class RelPlanner {
    private static final CalciteConnectionConfigImpl CONFIG = config();

    private static final HepProgram NO_RULES = HepProgram.builder().build();

    /** Without simplification, which keeps rows of COALESCE(b, b) <> 3 whose b is NULL. */
    private static final SqlToRelConverter.Config CONVERSION = SqlToRelConverter.config()
            .withExpand(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withTrimUnusedFields(false)
            .withRelBuilderConfigTransform(
                    builder -> builder.withSimplify(false).withSimplifyValues(false));

    private final CatalogSnapshot catalog;
    private final CalciteSchema schema;
    private final RelOptCluster cluster;
    private final MillraceValidator validator;
    private final SqlToRelConverter converter;

    /**
     * @param catalog what the names in views mean
     * @param schema the same, as the validator sees it
     */
    RelPlanner(CatalogSnapshot catalog, CalciteSchema schema) {
        this(catalog, schema, cluster());
    }

    private RelPlanner(CatalogSnapshot catalog, CalciteSchema schema, RelOptCluster cluster) {
        this.catalog = catalog;
        this.schema = schema;
        this.cluster = cluster;
        SqlTypes types = (SqlTypes) cluster.getTypeFactory();
        CalciteCatalogReader reader = new CalciteCatalogReader(schema, List.of(), types, CONFIG);
        validator = new MillraceValidator(Functions.TABLE, reader, types);
        converter = new BudgetedConverter(
                (type, sql, path, view) -> expandView(type, sql, view),
                validator,
                reader,
                cluster,
                Convertlets::get,
                CONVERSION);
    }

    private static RelOptCluster cluster() {
        RelOptCluster cluster = RelOptCluster.create(new HepPlanner(NO_RULES), new RexBuilder(new SqlTypes()));
        cluster.setMetadataQuerySupplier(NoPredicates::new);
        return cluster;
    }

    RexBuilder rexBuilder() {
        return cluster.getRexBuilder();
    }

    MillraceValidator validator() {
        return validator;
    }

    /** Validates a query, in place. */
    SqlNode validate(SqlNode query) {
        return validator.validate(query);
    }

    /** What a view is, in the place where it is read; planned by a validator and a converter of its own. */
    private RelRoot expandView(RelDataType type, String sql, @Nullable List<String> path) {
        String name = path == null ? sql : path.get(0);
        Desugar desugar = new Desugar(catalog);
        PlanningBudget budget = PlanningBudget.current();
        budget.enterView();
        try {
            RelPlanner inner = new RelPlanner(catalog, schema, cluster);
            SqlNode query = inner.validate(desugar.rewrite(ViewText.query(sql)));
            RelRoot root = unordered(inner.convert(query));
            return root.withRel(RelOptUtil.createCastRel(root.project(), type, true));
        } catch (MillraceException e) {
            throw ViewText.failed(name, e);
        } catch (PlanningBudget.PlanningGivenUp e) {
            throw e;
        } catch (RuntimeException e) {
            throw ViewText.failed(
                    name, ErrorTranslator.translate(e, desugar.relations().used()));
        } finally {
            budget.leaveView();
        }
    }

    /** ORDER BY without LIMIT says nothing of a view: its rows have no order. */
    private static RelRoot unordered(RelRoot root) {
        return root.rel instanceof Sort sort && sort.fetch == null && sort.offset == null
                ? root.withRel(sort.getInput())
                : root;
    }

    RelRoot convert(SqlNode validated) {
        return converter.convertQuery(validated, false, true);
    }

    /** An expression over named columns; it is validated first. */
    RexNode convertExpression(SqlNode expression, Map<String, RexNode> columns) {
        return converter.convertExpression(expression, columns);
    }

    private static CalciteConnectionConfigImpl config() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteConnectionConfigImpl(properties);
    }
}
