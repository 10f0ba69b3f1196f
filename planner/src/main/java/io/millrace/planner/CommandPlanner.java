package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.CreatedRelation;
import io.millrace.catalog.Relation;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ParsedStatement;
import io.millrace.parser.ast.SqlAlterStream;
import io.millrace.parser.ast.SqlDescribe;
import io.millrace.parser.ast.SqlDropObject;
import io.millrace.parser.ast.SqlExplainStatement;
import io.millrace.parser.ast.SqlFlush;
import io.millrace.parser.ast.SqlKillQuery;
import io.millrace.parser.ast.SqlShow;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.TableScan;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Statements that need no relational plan: ALTER, DROP, SHOW, DESCRIBE, EXPLAIN, KILL QUERY, FLUSH. */
final class CommandPlanner {
    private CommandPlanner() {}

    static StatementPlan plan(
            ParsedStatement statement,
            CatalogSnapshot catalog,
            BiFunction<ParsedStatement, CatalogSnapshot, StatementPlan> planner) {
        SqlNode node = statement.node();
        switch (statement.kind()) {
            case ALTER_STREAM:
                return AlteredStream.plan((SqlAlterStream) node, catalog);
            case DROP:
                return drop((SqlDropObject) node, catalog);
            case SHOW:
                return show((SqlShow) node);
            case DESCRIBE:
                return new StatementPlan.Describe(Relations.find(((SqlDescribe) node).name(), catalog));
            case EXPLAIN:
                return explain((SqlExplainStatement) node, statement.sql(), catalog, planner);
            case KILL_QUERY:
                return new StatementPlan.KillQuery(id(((SqlKillQuery) node).id()));
            case FLUSH:
                return new StatementPlan.Flush(((SqlFlush) node).isOfSinks());
            default:
                throw MillraceException.notSupported(statement.kind().name().replace('_', ' '), Nodes.position(node));
        }
    }

    private static StatementPlan drop(SqlDropObject drop, CatalogSnapshot catalog) {
        StatementPlan.Drop.Kind kind = switch (drop.type()) {
            case STREAM -> StatementPlan.Drop.Kind.STREAM;
            case TABLE -> StatementPlan.Drop.Kind.TABLE;
            case VIEW -> StatementPlan.Drop.Kind.VIEW;
            case MATERIALIZED_VIEW -> StatementPlan.Drop.Kind.MATERIALIZED_VIEW;
            case SINK -> StatementPlan.Drop.Kind.SINK;
        };
        String name = Nodes.lastName(drop.name());
        if (kind == StatementPlan.Drop.Kind.SINK) {
            return new StatementPlan.Drop(kind, Definitions.name(drop.name()), drop.isIfExists(), drop.isCascade());
        }
        if (!drop.isIfExists() || catalog.relation(name) != null) {
            Relation relation = Relations.find(drop.name(), catalog);
            checkKind(relation, kind, drop.name());
            name = relation.name();
        }
        return new StatementPlan.Drop(kind, name, drop.isIfExists(), drop.isCascade());
    }

    private static StatementPlan show(SqlShow show) {
        return new StatementPlan.Show(
                switch (show.subject()) {
                    case STREAMS -> StatementPlan.Show.Subject.STREAMS;
                    case TABLES -> StatementPlan.Show.Subject.TABLES;
                    case VIEWS -> StatementPlan.Show.Subject.VIEWS;
                    case SINKS -> StatementPlan.Show.Subject.SINKS;
                    case QUERIES -> StatementPlan.Show.Subject.QUERIES;
                    case WATERMARKS -> StatementPlan.Show.Subject.WATERMARKS;
                });
    }

    private static void checkKind(Relation relation, StatementPlan.Drop.Kind kind, SqlIdentifier name) {
        if (!kind.isOf(relation)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "\"" + relation.name() + "\" is a " + relation.noun() + ", not a " + kind.noun(),
                    relation instanceof CreatedRelation
                            ? "DROP " + relation.noun().toUpperCase(Locale.ROOT) + " drops it."
                            : null,
                    Nodes.position(name),
                    null);
        }
    }

    private static StatementPlan explain(
            SqlExplainStatement explain,
            String sql,
            CatalogSnapshot catalog,
            BiFunction<ParsedStatement, CatalogSnapshot, StatementPlan> planner) {
        SqlNode inner = explain.statement();
        StatementPlan plan = planner.apply(new ParsedStatement(sql, inner, kind(inner)), catalog);
        if (!explain.isAnalyze()) {
            return new StatementPlan.Explain(text(plan, catalog), plan.parameters(), -1);
        }
        ViewDefinition view = plan instanceof StatementPlan.Query query ? view(query.root(), catalog) : null;
        StandingQuery standing = view == null ? null : view.query();
        if (view == null || standing == null) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "EXPLAIN ANALYZE of anything but SELECT * of a materialized view is not supported",
                    "sys.operators shows what the operators of running queries do.",
                    Nodes.position(explain),
                    null);
        }
        return new StatementPlan.Explain(PlanPrinter.print(view.name(), standing, catalog), List.of(), view.id());
    }

    /** The materialized view that a plan reads as it is; null when it is something else. */
    private static @Nullable ViewDefinition view(PlanNode root, CatalogSnapshot catalog) {
        PlanNode scan = root instanceof FilterProject project && project.condition() == null ? project.input() : root;
        return scan instanceof TableScan table
                        && table.key().isEmpty()
                        && catalog.relation(table.tableName()) instanceof ViewDefinition view
                ? view
                : null;
    }

    private static ParsedStatement.Kind kind(SqlNode statement) {
        return switch (statement.getKind()) {
            case INSERT -> ParsedStatement.Kind.INSERT;
            case UPDATE -> ParsedStatement.Kind.UPDATE;
            case DELETE -> ParsedStatement.Kind.DELETE;
            default -> ParsedStatement.Kind.QUERY;
        };
    }

    private static String text(StatementPlan plan, CatalogSnapshot catalog) {
        if (plan instanceof StatementPlan.Insert insert) {
            return "Insert into " + insert.target().name() + "; rows: "
                    + insert.rows().size() + "\n";
        }
        if (plan instanceof StatementPlan.InsertQuery insert) {
            return "Insert into " + insert.target().name() + "\n" + PlanPrinter.print(insert.source(), catalog);
        }
        if (plan instanceof StatementPlan.Update update) {
            return "Update " + update.table().name() + "\n" + PlanPrinter.print(update.source(), catalog);
        }
        if (plan instanceof StatementPlan.Delete delete) {
            return "Delete from " + delete.table().name() + "\n" + PlanPrinter.print(delete.source(), catalog);
        }
        if (plan instanceof StatementPlan.Subscribe subscribe) {
            return PlanPrinter.print(subscribe, catalog);
        }
        return PlanPrinter.print((StatementPlan.Query) plan, catalog);
    }

    private static long id(SqlNode node) {
        if (node instanceof SqlLiteral literal) {
            try {
                return Long.parseLong(literal.toValue());
            } catch (NumberFormatException e) {
                throw wrongId(node);
            }
        }
        throw node.getKind() == SqlKind.DYNAMIC_PARAM
                ? MillraceException.notSupported("a parameter in KILL QUERY", Nodes.position(node))
                : wrongId(node);
    }

    private static MillraceException wrongId(SqlNode node) {
        return new MillraceException(
                ErrorCode.INVALID_PARAMETER,
                "the id of a query is a whole number",
                "SHOW QUERIES lists them.",
                Nodes.position(node),
                null);
    }
}
