package io.millrace.planner;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * A column that USING shares can be named without a table in every clause; the validator knows that in the select list
 * only. {@code WHERE id = 1} over {@code a JOIN b USING (id)} becomes {@code WHERE a.id = 1}.
 */
final class SharedColumns {
    private final FromColumns fromColumns;

    SharedColumns(Relations relations) {
        fromColumns = new FromColumns(relations);
    }

    /** Rewrites a SELECT and its ORDER BY in place; its stars have been expanded. */
    void expand(SqlSelect select, @Nullable SqlNodeList orderBy) {
        SqlNode from = select.getFrom();
        if (!(from instanceof SqlJoin join)) {
            return;
        }
        SqlNodeList items = select.getSelectList();
        if (orderBy != null) {
            // names of the result come first
            Nodes.replace(orderBy, node -> isNamed(items, node) ? node : shared(from, node));
        }
        for (int i = 0; i < items.size(); i++) {
            items.set(i, item(from, items.get(i)));
        }
        SqlNode where = select.getWhere();
        if (where != null) {
            select.setWhere(Nodes.replace(where, node -> shared(from, node)));
        }
        SqlNodeList group = select.getGroup();
        if (group != null) {
            Nodes.replace(group, node -> shared(from, node));
        }
        SqlNode having = select.getHaving();
        if (having != null) {
            select.setHaving(Nodes.replace(having, node -> shared(from, node)));
        }
        fromColumns.spellOut(join);
    }

    private SqlNode item(SqlNode from, SqlNode item) {
        if (item.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) item;
            as.setOperand(0, Nodes.replace(as.operand(0), node -> shared(from, node)));
            return as;
        }
        SqlNode replaced = Nodes.replace(item, node -> shared(from, node));
        return item instanceof SqlIdentifier column && replaced != item ? Nodes.as(replaced, column) : replaced;
    }

    private @Nullable SqlNode shared(SqlNode from, SqlNode node) {
        return node instanceof SqlIdentifier name && name.isSimple() && !name.isStar()
                ? fromColumns.shared(from, name.getSimple(), name.getParserPosition())
                : null;
    }

    private static boolean isNamed(List<SqlNode> items, SqlNode name) {
        return name instanceof SqlIdentifier identifier
                && identifier.isSimple()
                && items.stream().anyMatch(item -> {
                    SqlIdentifier alias = item instanceof SqlIdentifier column ? column : Nodes.alias(item);
                    return alias != null && Nodes.lastName(alias).equalsIgnoreCase(identifier.getSimple());
                });
    }
}
