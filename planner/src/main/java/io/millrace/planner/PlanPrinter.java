package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.ChangeKind;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import io.millrace.plan.RowType;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SubscriptionSpec;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A plan as an indented tree, one line per node: what EXPLAIN shows. */
final class PlanPrinter implements PlanVisitor<String> {
    private final CatalogSnapshot catalog;
    private final boolean isStanding;

    private PlanPrinter(CatalogSnapshot catalog) {
        this(catalog, false);
    }

    /** @param isStanding whether the plan is of a query whose result is kept, and its operators' state is what bounds it */
    private PlanPrinter(CatalogSnapshot catalog, boolean isStanding) {
        this.catalog = catalog;
        this.isStanding = isStanding;
    }

    static String print(StatementPlan.Query query, CatalogSnapshot catalog) {
        StringBuilder text = new StringBuilder();
        if (query.continuous()) {
            text.append("continuous, ");
            text.append(hasWindows(query.root()) ? "EMIT ON WINDOW CLOSE" : "rows as they come");
            text.append(", SINCE ").append(query.start().kind().name().replace('_', ' '));
        } else {
            text.append("bounded");
        }
        String output = query.output().stream().map(column -> column.label()).collect(Collectors.joining(", "));
        text.append("; output: ").append(output).append('\n');
        append(query.root(), 1, new PlanPrinter(catalog), text);
        return text.toString();
    }

    /** A query whose changes are followed. */
    static String print(StatementPlan.Subscribe subscribe, CatalogSnapshot catalog) {
        SubscriptionSpec spec = subscribe.spec();
        StringBuilder text = new StringBuilder("continuous, ");
        text.append(spec.everyMicros() == 0 ? "changes as they come" : "EVERY " + Durations.print(spec.everyMicros()));
        text.append(", SINCE ").append(spec.start().name().replace('_', ' '));
        text.append(spec.snapshot() ? ", SNAPSHOT" : "").append(spec.progress() ? ", PROGRESS" : "");
        String output = spec.output(subscribe.source().output()).stream()
                .map(column -> column.label())
                .collect(Collectors.joining(", "));
        text.append("; output: ").append(output).append(key(subscribe.query())).append('\n');
        append(subscribe.query().root(), 1, new PlanPrinter(catalog, true), text);
        return text.toString();
    }

    /** A materialized view. */
    static String print(String name, StandingQuery query, CatalogSnapshot catalog) {
        StringBuilder text = new StringBuilder("materialized view " + name + key(query) + "\n");
        append(query.root(), 1, new PlanPrinter(catalog, true), text);
        return text.toString();
    }

    private static String key(StandingQuery query) {
        List<Integer> key = query.key();
        if (query.appendOnly()) {
            return "; rows only come";
        }
        if (key == null) {
            return "; no key";
        }
        List<String> names = names(query.root());
        return key.isEmpty()
                ? "; at most one row"
                : key.stream().map(names::get).collect(Collectors.joining(", ", "; key: ", ""));
    }

    static boolean hasWindows(PlanNode node) {
        return node instanceof WindowAggregate || node.inputs().stream().anyMatch(PlanPrinter::hasWindows);
    }

    private static void append(PlanNode node, int depth, PlanPrinter printer, StringBuilder text) {
        String line = node.accept(printer);
        if (printer.isStanding) {
            int state = line.indexOf("; state: ");
            line = (state < 0 ? line : line.substring(0, state)) + StateBounds.bound(node);
            line += node.inputs().isEmpty() ? "" : "; " + ChangeKind.of(node);
        }
        text.append("  ".repeat(depth)).append(line).append('\n');
        node.inputs().forEach(input -> append(input, depth + 1, printer, text));
    }

    @Override
    public String visitStreamScan(StreamScan scan) {
        StreamDefinition stream = catalog.stream(scan.streamName());
        String time = stream == null ? "" : "; time: " + TimeColumns.timeColumn(stream);
        if (stream != null && stream.watermark() != null) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i <= stream.rowtimeIndex(); i++) {
                names.add(stream.columnName(i));
            }
            time += ", watermark " + ExpressionPrinter.print(stream.watermark().expression(), names);
        }
        return "StreamScan " + scan.streamName() + (scan.lateOnly() ? ", late rows" : "") + " [" + names(scan.rowType())
                + "]" + time + "; APPEND";
    }

    @Override
    public String visitTableScan(TableScan scan) {
        String key = scan.key().isEmpty()
                ? ""
                : scan.key().stream()
                        .map(value -> ExpressionPrinter.print(value, List.of()))
                        .collect(Collectors.joining(", ", ", the row of key (", ")"));
        String kind = scan.source() == TableScan.Source.APPEND_ONLY_VIEW ? "; APPEND" : "; CHANGE";
        String noun = scan.source() == TableScan.Source.TABLE ? "TableScan " : "ViewScan ";
        return noun + scan.tableName() + " [" + names(scan.rowType()) + "]" + key + kind;
    }

    @Override
    public String visitSystemScan(SystemScan scan) {
        return "SystemScan " + SystemTable.SCHEMA + "." + scan.tableName() + " [" + names(scan.rowType()) + "]";
    }

    @Override
    public String visitValues(Values values) {
        return "Values [" + names(values.rowType()) + "] rows: " + values.rows().size();
    }

    @Override
    public String visitFilterProject(FilterProject node) {
        List<String> input = names(node.input());
        StringBuilder text = new StringBuilder("FilterProject [");
        for (int i = 0; i < node.projections().size(); i++) {
            Expression projection = node.projections().get(i);
            String printed = ExpressionPrinter.print(projection, input);
            String name = node.rowType().name(i);
            boolean plain = printed.equals(name) || projection instanceof ColumnReference;
            text.append(i == 0 ? "" : ", ").append(printed).append(plain ? "" : " AS " + name);
        }
        text.append(']');
        if (node.condition() != null) {
            text.append(" where ").append(ExpressionPrinter.print(node.condition(), input));
        }
        return text.append("; state: none").toString();
    }

    @Override
    public String visitWindowAssign(WindowAssign node) {
        String time = names(node.input()).get(node.timeColumn());
        return "WindowAssign " + window(node.window(), time)
                + (node.window().isSession()
                        ? "; state: the rows of open sessions, freed " + freed(node.closedBy(), time) + "; APPEND"
                        : (node.closedBy() == TimeAttribute.NONE ? "" : "; none that has closed") + "; state: none");
    }

    @Override
    public String visitWindowAggregate(WindowAggregate node) {
        List<String> input = names(node.input());
        String time = input.get(node.timeColumn());
        return "WindowAggregate " + window(node.window(), time)
                + keys(node.keys(), input) + calls(node.aggregates(), input)
                + (node.window().isSession() ? "; state: open sessions, freed " : "; state: open panes, freed ")
                + freed(node.timeAttribute(), time) + "; APPEND";
    }

    private static String freed(TimeAttribute attribute, String time) {
        switch (attribute) {
            case EVENT_TIME:
                return "behind the watermark of " + time;
            case ROW_TIME:
                return "behind the clock";
            default:
                return "at the end of the input";
        }
    }

    @Override
    public String visitHashAggregate(HashAggregate node) {
        List<String> input = names(node.input());
        return "HashAggregate" + keys(node.keys(), input) + calls(node.aggregates(), input)
                + "; state: one record per group";
    }

    @Override
    public String visitGroupingSets(GroupingSetsAggregate node) {
        List<String> input = names(node.input());
        String sets = node.sets().stream()
                .map(set -> set.stream()
                        .map(key -> input.get(node.keys().get(key)))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        return "GroupingSetsAggregate by " + sets + calls(node.aggregates(), input)
                + "; state: one record per group of each set";
    }

    @Override
    public String visitJoin(Join node) {
        List<String> left = names(node.left());
        List<String> right = names(node.right());
        String keys = node.keys().stream()
                .map(key -> left.get(key.left())
                        + (key.nullsEqual() ? " IS NOT DISTINCT FROM " : " = ")
                        + right.get(key.right()))
                .collect(Collectors.joining(" AND "));
        List<String> both = new ArrayList<>(left);
        both.addAll(right);
        Expression residual = node.residual();
        return "Join " + node.kind()
                + (keys.isEmpty() ? "" : " on " + keys)
                + (residual == null ? "" : " where " + ExpressionPrinter.print(residual, both))
                + "; state: all rows of the second input";
    }

    @Override
    public String visitUnionAll(UnionAll node) {
        return "UnionAll [" + names(node.rowType()) + "]; state: none";
    }

    @Override
    public String visitSetOperation(SetOperation node) {
        return node.kind() + (node.all() ? " ALL" : "") + " [" + names(node.rowType())
                + "]; state: one record per distinct row of the first input";
    }

    @Override
    public String visitSort(Sort node) {
        List<String> input = names(node.input());
        String keys = node.keys().stream()
                .map(key -> input.get(key.column())
                        + (key.descending() ? " DESC" : "")
                        + (key.nullsFirst() == key.descending()
                                ? ""
                                : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", "));
        return "Sort by " + keys + range(node.offset(), node.fetch()) + "; state: all rows";
    }

    @Override
    public String visitLimit(Limit node) {
        return "Limit" + range(node.offset(), node.fetch()) + "; state: none";
    }

    private static String range(long offset, long fetch) {
        return (fetch == Limit.ALL ? "" : " fetch " + number(fetch)) + (offset == 0 ? "" : " offset " + number(offset));
    }

    private static String number(long number) {
        return number < 0 ? "?" + (Limit.parameter(number) + 1) : Long.toString(number);
    }

    private static String window(WindowSpec window, String time) {
        String second = switch (window.kind()) {
            case HOP -> ", slide => " + Durations.print(window.slide());
            case CUMULATE -> ", step => " + Durations.print(window.slide());
            default -> "";
        };
        String first = window.isSession() ? "gap" : "size";
        String offset = window.offset() == 0 ? "" : ", offset => " + Durations.print(window.offset());
        return window.kind() + "(" + first + " => " + Durations.print(window.size()) + second + offset + ", on => "
                + time + ")";
    }

    private static String keys(List<Integer> keys, List<String> input) {
        return keys.isEmpty() ? "" : " by " + keys.stream().map(input::get).collect(Collectors.joining(", "));
    }

    private static String calls(List<AggregateCall> calls, List<String> input) {
        return calls.isEmpty()
                ? " distinct"
                : calls.stream()
                        .map(call -> ExpressionPrinter.aggregate(call, input))
                        .collect(Collectors.joining(", ", " compute ", ""));
    }

    private static List<String> names(PlanNode node) {
        return node.rowType().fields().stream().map(Field::name).toList();
    }

    private static String names(RowType type) {
        return type.fields().stream().map(Field::name).collect(Collectors.joining(", "));
    }
}
