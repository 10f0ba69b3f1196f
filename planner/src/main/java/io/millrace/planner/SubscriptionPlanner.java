package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlEmit;
import io.millrace.parser.ast.SqlOption;
import io.millrace.parser.ast.SqlSince;
import io.millrace.parser.ast.SqlSubscribe;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SubscriptionSpec;
import io.millrace.plan.TableScan;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Plans what follows the changes of a query: SUBSCRIBE, EMIT CHANGES and EMIT EVERY. */
final class SubscriptionPlanner {
    private final CatalogSnapshot catalog;
    private final QueryPlanner planner;

    SubscriptionPlanner(CatalogSnapshot catalog, QueryPlanner planner) {
        this.catalog = catalog;
        this.planner = planner;
    }

    /** Whether the changes of a query are asked for, and not only rows that stay. */
    static boolean isWanted(SqlNode query) {
        SqlEmit emit = query instanceof SqlContinuousQuery continuous ? continuous.emit() : null;
        return emit != null && emit.mode() != SqlEmit.Mode.FINAL;
    }

    StatementPlan emit(SqlContinuousQuery statement) {
        SqlEmit emit = java.util.Objects.requireNonNull(statement.emit(), "no EMIT");
        StatementPlan.Query query = planner.planRelation(statement.query());
        Limited limited = Limited.of(query.root());
        StandingQuery standing = StandingPlanner.plan(
                limited.root, catalog, Nodes.position(statement.query()), "with EMIT " + name(emit));
        SqlNode every = emit.every();
        boolean hasEnvelope = emit.mode() != SqlEmit.Mode.EVERY;
        if (!hasEnvelope && !PlanPrinter.hasWindows(limited.root)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "EMIT EVERY gives windows before they close, and there is none",
                    "Add CHANGES, which says what goes too, or aggregate over windows.",
                    Nodes.position(emit),
                    null);
        }
        SqlSince since = statement.since();
        boolean fromNow = standing.appendOnly() || PlanPrinter.hasWindows(limited.root);
        SubscriptionSpec spec = new SubscriptionSpec(
                hasEnvelope,
                false,
                false,
                every == null ? 0 : WindowCall.micros(every),
                start(since, fromNow ? SubscriptionSpec.Start.NOW : SubscriptionSpec.Start.BEGINNING),
                after(since),
                SubscriptionSpec.NO_END);
        return new StatementPlan.Subscribe(query, standing, spec, viewId(limited.root, catalog), limited.rows);
    }

    /** A continuous query of views: what comes, and nothing goes. */
    StatementPlan tail(StatementPlan.Query query, SqlNode statement) {
        Limited limited = Limited.of(query.root());
        StandingQuery standing =
                StandingPlanner.plan(limited.root, catalog, Nodes.position(statement), "in a query that never ends");
        if (!standing.appendOnly()) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "rows of the view can go: the result can be revised: add EMIT CHANGES",
                    "Or run it once, without STREAM.",
                    Nodes.position(statement),
                    null);
        }
        SqlSince since = statement instanceof SqlContinuousQuery continuous ? continuous.since() : null;
        SubscriptionSpec spec = new SubscriptionSpec(
                false,
                false,
                false,
                0,
                start(since, SubscriptionSpec.Start.NOW),
                after(since),
                SubscriptionSpec.NO_END);
        return new StatementPlan.Subscribe(query, standing, spec, viewId(limited.root, catalog), limited.rows);
    }

    /** A query, and after how many rows it ends; 0: it does not. */
    private record Limited(PlanNode root, long rows) {
        static Limited of(PlanNode root) {
            return root instanceof Limit node && node.offset() == 0 && node.fetch() > 0 && node.fetch() != Limit.ALL
                    ? new Limited(node.input(), node.fetch())
                    : new Limited(root, 0);
        }
    }

    private static String name(SqlEmit emit) {
        return switch (emit.mode()) {
            case EVERY -> "EVERY";
            case EVERY_CHANGES -> "EVERY … CHANGES";
            default -> "CHANGES";
        };
    }

    StatementPlan subscribe(SqlSubscribe statement) {
        SqlNode target = statement.target();
        boolean isStream =
                target instanceof SqlIdentifier name && Relations.find(name, catalog) instanceof StreamDefinition;
        SqlNode select =
                target instanceof SqlIdentifier name ? ExplicitTables.select(name, name.getParserPosition()) : target;
        StatementPlan.Query query = planner.planRelation(select);
        StandingQuery standing =
                StandingPlanner.plan(query.root(), catalog, Nodes.position(target), "in a subscription");
        SqlSince since = statement.since();
        boolean isTail = isStream || (standing.appendOnly() && readsOnlyStreams(query.root()));
        boolean snapshot = !isTail && since == null;
        boolean progress = false;
        for (SqlOption option : statement.options()) {
            switch (option.key().toUpperCase(Locale.ROOT)) {
                case "SNAPSHOT" -> snapshot = flag(option);
                case "PROGRESS" -> progress = flag(option);
                default ->
                    throw wrong(
                            "unknown option \"" + option.key() + "\"",
                            "The options are SNAPSHOT and PROGRESS.",
                            option);
            }
        }
        SubscriptionSpec.Start start = start(since, SubscriptionSpec.Start.NOW);
        if (start.isPast() && snapshot) {
            throw wrong(
                    "SNAPSHOT and SINCE " + start.name().replace('_', ' ') + " contradict each other",
                    "Leave one out.",
                    statement);
        }
        SubscriptionSpec spec = new SubscriptionSpec(
                true,
                snapshot,
                progress,
                0,
                start,
                after(since),
                statement.upTo() == null ? SubscriptionSpec.NO_END : position(statement.upTo()));
        return new StatementPlan.Subscribe(query, standing, spec, viewId(query.root(), catalog), 0);
    }

    /** The number of the materialized view that a plan is all of, whose changes are there already; -1: of none. */
    static long viewId(PlanNode root, CatalogSnapshot catalog) {
        boolean isWhole = root instanceof TableScan scan
                && scan.source() != TableScan.Source.TABLE
                && scan.key().isEmpty()
                && scan.hasColumnsInOrder()
                && catalog.relation(scan.tableName()) instanceof ViewDefinition view
                && view.columns().size() == scan.columns().size();
        return isWhole ? ((TableScan) root).tableId() : -1;
    }

    private static boolean readsOnlyStreams(PlanNode node) {
        return node.inputs().isEmpty()
                ? node instanceof StreamScan
                : node.inputs().stream().allMatch(SubscriptionPlanner::readsOnlyStreams);
    }

    private static SubscriptionSpec.Start start(@Nullable SqlSince since, SubscriptionSpec.Start otherwise) {
        return since == null
                ? otherwise
                : switch (since.start()) {
                    case NOW -> SubscriptionSpec.Start.NOW;
                    case BEGINNING -> SubscriptionSpec.Start.BEGINNING;
                    case AFTER_POSITION -> SubscriptionSpec.Start.AFTER_POSITION;
                    case TIMESTAMP -> SubscriptionSpec.Start.TIMESTAMP;
                };
    }

    /** The position, or the time in microseconds since the epoch, that SINCE names; 0 when it names none. */
    static long after(@Nullable SqlSince since) {
        SqlNode argument = since == null ? null : since.argument();
        if (since == null || argument == null) {
            return 0;
        }
        return since.start() == SqlSince.Start.AFTER_POSITION ? position(argument) : SinceTime.micros(argument);
    }

    private static boolean flag(SqlOption option) {
        return switch (option.value().toUpperCase(Locale.ROOT)) {
            case "TRUE" -> true;
            case "FALSE" -> false;
            default ->
                throw wrong(
                        "option \"" + option.key() + "\" is \"" + option.value() + "\"",
                        "It is TRUE or FALSE.",
                        option);
        };
    }

    private static long position(SqlNode node) {
        if (node instanceof SqlLiteral literal) {
            try {
                long position = Long.parseLong(String.valueOf(literal.toValue()));
                if (position >= 0) {
                    return position;
                }
            } catch (NumberFormatException e) {
                // is told below
            }
            throw wrong("a position is a whole number, not negative", "mr_pos gives them.", node);
        }
        throw MillraceException.notSupported("a position that is not a number", Nodes.position(node));
    }

    private static MillraceException wrong(String message, String hint, @Nullable SqlNode place) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint, Nodes.position(place), null);
    }
}
