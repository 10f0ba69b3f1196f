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
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Calcite's validator and converter with our settings, for one statement. Not thread-safe. */
final class RelPlanner {
    private static final CalciteConnectionConfigImpl CONFIG = config();

    private final RexBuilder rexBuilder;
    private final MillraceValidator validator;
    private final SqlToRelConverter converter;

    RelPlanner(CalciteSchema schema) {
        SqlTypes types = new SqlTypes();
        CalciteCatalogReader reader = new CalciteCatalogReader(schema, List.of(), types, CONFIG);
        rexBuilder = new RexBuilder(types);
        validator = new MillraceValidator(Functions.TABLE, reader, types);
        RelOptCluster cluster =
                RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), rexBuilder);
        cluster.setMetadataQuerySupplier(NoPredicates::new);
        // simplification keeps rows of COALESCE(b, b) <> 3 whose b is NULL; merging projections takes a wrong column
        // where a
        // sub-query reads the outer row
        SqlToRelConverter.Config config = SqlToRelConverter.config()
                .withExpand(false)
                .withInSubQueryThreshold(Integer.MAX_VALUE)
                .withTrimUnusedFields(false)
                .withRelBuilderConfigTransform(builder ->
                        builder.withSimplify(false).withSimplifyValues(false).withBloat(-1));
        converter = new BudgetedConverter(
                (type, query, path, view) -> {
                    throw MillraceException.internal("the catalog gave a view, of which it has none");
                },
                validator,
                reader,
                cluster,
                Convertlets::get,
                config);
    }

    static CalciteSchema schema(CatalogSnapshot catalog) {
        return CatalogSchema.of(catalog);
    }

    RexBuilder rexBuilder() {
        return rexBuilder;
    }

    MillraceValidator validator() {
        return validator;
    }

    /** Validates a query, in place. */
    SqlNode validate(SqlNode query) {
        return validator.validate(query);
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
