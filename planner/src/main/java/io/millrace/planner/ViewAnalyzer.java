package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.CreatedRelation;
import io.millrace.catalog.Relation;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlCreateMaterializedView;
import io.millrace.parser.ast.SqlCreateQueryObject;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.TimeAttribute;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** CREATE [MATERIALIZED] VIEW: the query is planned to see that it can be, and what columns it has. */
final class ViewAnalyzer {
    private final CatalogSnapshot catalog;
    private final CalciteSchema schema;
    private final String sql;

    ViewAnalyzer(CatalogSnapshot catalog, CalciteSchema schema, String sql) {
        this.catalog = catalog;
        this.schema = schema;
        this.sql = sql;
    }

    StatementPlan analyze(SqlCreateQueryObject create) {
        if (create.isReplace() && create.isIfNotExists()) {
            throw wrong("OR REPLACE and IF NOT EXISTS contradict each other", "Leave one out.", create);
        }
        String name = Definitions.name(create.name());
        refuseParameters(create.query(), "a view");
        if (create.query() instanceof SqlContinuousQuery continuous && continuous.since() != null) {
            throw wrong("SINCE belongs to a continuous query", "A view reads all that is kept.", continuous.since());
        }
        QueryPlanner planner = new QueryPlanner(catalog, schema, sql);
        StatementPlan.Query query = planner.planRelation(ViewText.relation(create.query()));
        List<ColumnDefinition> columns = columns(create, query.output());
        StandingQuery standing = create instanceof SqlCreateMaterializedView
                ? StandingPlanner.plan(query.root(), catalog, Nodes.position(create.query()), "in a materialized view")
                : null;
        ViewDefinition view = new ViewDefinition(
                0, name, columns, timeColumn(query.root()), names(planner.relationsRead()), sql, null, standing);
        return new StatementPlan.CreateView(
                view,
                create.isReplace(),
                create.isIfNotExists(),
                standing == null ? List.of() : StateBounds.warnings(standing));
    }

    /** @param what has the query: «a view» */
    static void refuseParameters(SqlNode query, String what) {
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                throw wrong(what + " has no parameters", "Write the value in place of the question mark.", parameter);
            }
        });
    }

    static Set<String> names(Set<Relation> read) {
        Set<String> names = new HashSet<>();
        for (Relation relation : read) {
            if (relation instanceof CreatedRelation) {
                names.add(CatalogSnapshot.key(relation.name()));
            }
        }
        return names;
    }

    private static List<ColumnDefinition> columns(SqlCreateQueryObject create, List<OutputColumn> output) {
        List<SqlIdentifier> given = create.columns();
        if (!given.isEmpty() && given.size() != output.size()) {
            throw wrong(
                    "the view has " + given.size() + " columns, but its query " + output.size(),
                    "Name all columns, or none.",
                    given.get(Math.min(given.size(), output.size() + 1) - 1));
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < output.size(); i++) {
            SqlIdentifier written = given.isEmpty() ? null : given.get(i);
            String name = written == null ? output.get(i).label() : written.getSimple();
            check(name, names, written == null ? create : written);
            if (output.get(i).type().isInterval()) {
                throw new MillraceException(
                        ErrorCode.NOT_SUPPORTED,
                        "an interval as column \"" + name + "\" of a view is not supported",
                        "Cast it to VARCHAR, or let the view give the two times.",
                        Nodes.position(written == null ? create : written),
                        null);
            }
            columns.add(new ColumnDefinition(name, output.get(i).type()));
        }
        return columns;
    }

    private static void check(String name, Set<String> names, SqlNode place) {
        if (name.isBlank()) {
            throw wrong("a column of a view needs a name", "Give it an alias.", place);
        }
        if (!names.add(CatalogSnapshot.key(name))) {
            throw wrong(
                    "the view has two columns \"" + name + "\"",
                    "Give one of them an alias: names are not case-sensitive.",
                    place);
        }
    }

    /** The first that has the stream's watermark, else the append time, if that is there. */
    private int timeColumn(PlanNode root) {
        TimeColumns times = new TimeColumns(catalog);
        int found = -1;
        for (int i = 0; i < root.rowType().size(); i++) {
            TimeAttribute attribute = times.attribute(root, i);
            if (attribute == TimeAttribute.EVENT_TIME) {
                return i;
            }
            found = found < 0 && attribute == TimeAttribute.ROW_TIME ? i : found;
        }
        return found;
    }

    private static MillraceException wrong(String message, String hint, @Nullable SqlNode place) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint, Nodes.position(place), null);
    }
}
