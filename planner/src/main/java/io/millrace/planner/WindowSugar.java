package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlWindowClause;
import io.millrace.plan.WindowSpec;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code FROM t WINDOW HOP(size, slide)} becomes the table function; the keys of the grouping are completed. */
final class WindowSugar {
    private final Relations relations;

    WindowSugar(Relations relations) {
        this.relations = relations;
    }

    /** What FROM becomes. */
    SqlNode tableFunction(SqlWindowClause clause) {
        SqlNode data = Nodes.withoutAlias(clause.table());
        SqlIdentifier alias = Nodes.alias(clause.table());
        if (alias == null && data instanceof SqlIdentifier name) {
            alias = Nodes.identifier(Nodes.lastName(name), name.getParserPosition());
        }
        SqlNode table = new WindowCall(data, timeColumn(clause, data), null, window(clause), clause.getParserPosition())
                .toTableFunction();
        return alias == null ? table : Nodes.as(table, alias);
    }

    private static WindowSpec window(SqlWindowClause clause) {
        SqlNode offset = clause.offset();
        switch (clause.function()) {
            case TUMBLE:
                return WindowCall.tumble(Objects.requireNonNull(clause.size()), offset);
            case HOP:
                return WindowCall.hop(
                        Objects.requireNonNull(clause.size()), Objects.requireNonNull(clause.slide()), offset);
            case CUMULATE:
                return WindowCall.cumulate(
                        Objects.requireNonNull(clause.size()), Objects.requireNonNull(clause.step()), offset);
            default:
                if (offset != null) {
                    throw new MillraceException(
                            ErrorCode.INVALID_STATEMENT,
                            "SESSION has no OFFSET",
                            "A session begins with its first row.",
                            Nodes.position(offset),
                            null);
                }
                return WindowCall.session(Objects.requireNonNull(clause.gap()));
        }
    }

    private SqlIdentifier timeColumn(SqlWindowClause clause, SqlNode data) {
        SqlIdentifier given = clause.timeColumn();
        if (given != null) {
            return given;
        }
        String column = relations.timeColumn(data);
        if (column == null) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "it is not clear which column is the time of the windows",
                    "Name it: WINDOW " + clause.function() + "(…, ON => column).",
                    Nodes.position(clause),
                    null);
        }
        return Nodes.identifier(column, clause.getParserPosition());
    }

    /** Adds the window's bounds to the keys; without GROUP BY all items that do not aggregate are keys too. */
    static void completeGrouping(SqlSelect select, SqlWindowClause clause, @Nullable SqlNodeList orderBy) {
        SqlNodeList group = select.getGroup();
        boolean aggregates = Nodes.containsAggregate(select.getSelectList())
                || (select.getHaving() != null && Nodes.containsAggregate(select.getHaving()));
        if (!aggregates) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "a query over WINDOW needs an aggregate",
                    "Add one, such as COUNT(*); to see the windows of each row select from " + "TABLE("
                            + clause.function() + "(TABLE …)).",
                    Nodes.position(clause),
                    null);
        }
        SqlParserPos position = clause.getParserPosition();
        SqlNodeList keys = new SqlNodeList(group == null ? position : group.getParserPosition());
        if (group == null) {
            for (SqlNode item : select.getSelectList()) {
                SqlNode expression = Nodes.withoutAlias(item);
                if (!(expression instanceof SqlLiteral)
                        && !isOfWindow(expression)
                        && !Nodes.containsAggregate(expression)) {
                    keys.add(expression.clone(expression.getParserPosition()));
                }
            }
        } else {
            group.forEach(keys::add);
        }
        for (String column : WindowTableFunction.COLUMNS) {
            boolean always = !column.equals(WindowTableFunction.TIME);
            boolean isThere = keys.stream().anyMatch(key -> Nodes.isColumn(key, column));
            if (!isThere && (always || mentions(select, orderBy, column))) {
                keys.add(Nodes.identifier(column, position));
            }
        }
        select.setGroupBy(keys);
    }

    /** Whether only columns of the window occur: what is computed from them is the same for all rows of a window. */
    private static boolean isOfWindow(SqlNode node) {
        return Nodes.find(node, WindowSugar::isWindowColumn) != null
                && Nodes.find(node, other -> other instanceof SqlIdentifier && !isWindowColumn(other)) == null;
    }

    private static boolean isWindowColumn(SqlNode node) {
        return WindowTableFunction.COLUMNS.stream().anyMatch(column -> Nodes.isColumn(node, column));
    }

    private static boolean mentions(SqlSelect select, @Nullable SqlNodeList orderBy, String column) {
        return Nodes.find(select.getSelectList(), node -> Nodes.isColumn(node, column)) != null
                || Nodes.find(select.getHaving(), node -> Nodes.isColumn(node, column)) != null
                || Nodes.find(orderBy, node -> Nodes.isColumn(node, column)) != null;
    }
}
