package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.SinkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlCreateSink;
import io.millrace.parser.ast.SqlEmit;
import io.millrace.parser.ast.SqlOption;
import io.millrace.parser.ast.SqlSince;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.StandingQuery;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** CREATE SINK: the query is planned to see that its changes can be written out. */
final class SinkAnalyzer {
    private final CatalogSnapshot catalog;
    private final CalciteSchema schema;
    private final String sql;

    SinkAnalyzer(CatalogSnapshot catalog, CalciteSchema schema, String sql) {
        this.catalog = catalog;
        this.schema = schema;
        this.sql = sql;
    }

    StatementPlan analyze(SqlCreateSink create) {
        if (create.isReplace()) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "OR REPLACE of a sink is not supported",
                    "Drop the sink, and create one that writes somewhere else.",
                    Nodes.position(create),
                    null);
        }
        String name = Definitions.name(create.name());
        Map<String, String> options = Definitions.options(create.options());
        ViewAnalyzer.refuseParameters(create.query(), "a sink");
        refuseEmit(create.query());
        QueryPlanner planner = new QueryPlanner(catalog, schema, sql);
        StatementPlan.Query query = planner.planRelation(ViewText.relation(create.query()));
        check(query.output(), create);
        StandingQuery standing =
                StandingPlanner.plan(query.root(), catalog, Nodes.position(create.query()), "in a sink");
        if (!hasEnvelope(create) && !standing.appendOnly()) {
            throw revised(query, create);
        }
        SinkDefinition sink = new SinkDefinition(
                0,
                name,
                options,
                query.output(),
                standing,
                SubscriptionPlanner.viewId(standing.root(), catalog),
                isFromNow(create.query()),
                ViewAnalyzer.names(planner.relationsRead()),
                sql);
        return new StatementPlan.CreateSink(sink, create.isIfNotExists(), StateBounds.warnings(standing));
    }

    private static MillraceException revised(StatementPlan.Query query, SqlCreateSink create) {
        String windows = PlanPrinter.hasWindows(query.root())
                ? " Windows are told from when they open; the closed ones alone are not supported yet."
                : "";
        return new MillraceException(
                ErrorCode.INVALID_STATEMENT,
                "rows of the sink's query can go again, or be replaced",
                "Add the option envelope = 'true': then mr_op tells of each row what happened to it." + windows,
                Nodes.position(create.query()),
                null);
    }

    private static boolean hasEnvelope(SqlCreateSink create) {
        for (SqlOption option : create.options()) {
            if (option.key().equalsIgnoreCase(SinkDefinition.ENVELOPE)) {
                return switch (option.value().toLowerCase(java.util.Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw wrong(
                                "option \"" + option.key() + "\" is \"" + option.value() + "\"",
                                "It is 'true' or 'false'.",
                                option);
                };
            }
        }
        return false;
    }

    private static void refuseEmit(SqlNode query) {
        SqlEmit emit = query instanceof SqlContinuousQuery continuous ? continuous.emit() : null;
        if (emit != null) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "EMIT in a sink is not supported",
                    "A sink writes every change, with the option envelope = 'true' also those that take a row away.",
                    Nodes.position(emit),
                    null);
        }
    }

    private static boolean isFromNow(SqlNode query) {
        SqlSince since = query instanceof SqlContinuousQuery continuous ? continuous.since() : null;
        if (since == null || since.start() == SqlSince.Start.BEGINNING) {
            return false;
        }
        if (since.start() != SqlSince.Start.NOW) {
            throw MillraceException.notSupported(
                    "SINCE " + since.start().name().replace('_', ' ') + " in a sink", Nodes.position(since));
        }
        return true;
    }

    private static void check(List<OutputColumn> output, SqlCreateSink create) {
        Set<String> names = new HashSet<>();
        for (OutputColumn column : output) {
            String label = column.label();
            if (label.isBlank()) {
                throw wrong("a column of a sink needs a name", "Give it an alias.", create.query());
            }
            if (!names.add(CatalogSnapshot.key(label))) {
                throw wrong(
                        "the sink has two columns \"" + label + "\"",
                        "Give one of them an alias: names are not case-sensitive.",
                        create.query());
            }
            DataType type = column.type();
            if (type.isArray() || type.isInterval() || type.kind() == DataType.Kind.VARBINARY) {
                throw new MillraceException(
                        ErrorCode.NOT_SUPPORTED,
                        "column \"" + label + "\" of a sink as " + type + " is not supported",
                        "Make a text of it.",
                        Nodes.position(create.query()),
                        null);
            }
        }
    }

    private static MillraceException wrong(String message, String hint, @Nullable SqlNode place) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint, Nodes.position(place), null);
    }
}
