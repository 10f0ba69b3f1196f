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
        PlanNode root = query.root();
        long limit = 0;
        if (root instanceof Limit node && node.offset() == 0 && node.fetch() > 0 && node.fetch() != Limit.ALL) {
            root = node.input();
            limit = node.fetch();
        }
        StandingQuery standing =
                StandingPlanner.plan(root, catalog, Nodes.position(statement.query()), "with EMIT " + name(emit));
        SqlNode every = emit.every();
        boolean hasEnvelope = emit.mode() != SqlEmit.Mode.EVERY;
        if (!hasEnvelope && !PlanPrinter.hasWindows(root)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "EMIT EVERY gives windows before they close, and there is none",
                    "Add CHANGES, which says what goes too, or aggregate over windows.",
                    Nodes.position(emit),
                    null);
        }
        SqlSince since = statement.since();
        boolean fromNow = standing.appendOnly() || PlanPrinter.hasWindows(root);
        SubscriptionSpec.Start start =
                since == null ? fromNow ? SubscriptionSpec.Start.NOW : SubscriptionSpec.Start.BEGINNING : start(since);
        SubscriptionSpec spec = new SubscriptionSpec(
                hasEnvelope,
                false,
                false,
                every == null ? 0 : WindowCall.micros(every),
                start,
                0,
                SubscriptionSpec.NO_END);
        if (start == SubscriptionSpec.Start.AFTER_POSITION) {
            throw MillraceException.notSupported(
                    "SINCE AFTER POSITION of a query that is not a materialized view", Nodes.position(since));
        }
        return new StatementPlan.Subscribe(query, standing, spec, viewId(root), limit);
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
        SubscriptionSpec.Start start = since == null ? SubscriptionSpec.Start.NOW : start(since);
        SqlNode after = since != null && start == SubscriptionSpec.Start.AFTER_POSITION ? since.argument() : null;
        if (after != null && viewId(query.root()) < 0) {
            throw MillraceException.notSupported(
                    "SINCE AFTER POSITION of a query that is not a materialized view", Nodes.position(since));
        }
        if (after != null && snapshot) {
            throw wrong("SNAPSHOT and SINCE AFTER POSITION contradict each other", "Leave one out.", statement);
        }
        SubscriptionSpec spec = new SubscriptionSpec(
                true,
                snapshot,
                progress,
                0,
                start,
                after == null ? 0 : position(after),
                statement.upTo() == null ? SubscriptionSpec.NO_END : position(statement.upTo()));
        return new StatementPlan.Subscribe(query, standing, spec, viewId(query.root()), 0);
    }

    /** The number of the materialized view that a plan is all of, whose changes are there already; -1: of none. */
    private long viewId(PlanNode root) {
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

    private static SubscriptionSpec.Start start(SqlSince since) {
        return switch (since.start()) {
            case NOW -> SubscriptionSpec.Start.NOW;
            case BEGINNING -> SubscriptionSpec.Start.BEGINNING;
            case AFTER_POSITION -> SubscriptionSpec.Start.AFTER_POSITION;
            case TIMESTAMP -> throw MillraceException.notSupported("SINCE TIMESTAMP", Nodes.position(since));
        };
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
