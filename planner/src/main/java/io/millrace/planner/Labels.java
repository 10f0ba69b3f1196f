package io.millrace.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/** The names of result columns: alias, column as typed, or the text of the expression. */
final class Labels {
    private Labels() {}

    /** One per column; none when a {@code *} is left, whose columns keep their names. */
    static List<String> of(SqlNode query, SourceText text) {
        SqlNode body = body(query);
        List<String> labels = new ArrayList<>();
        if (body instanceof SqlSelect select) {
            for (SqlNode item : select.getSelectList()) {
                if (item instanceof SqlIdentifier identifier && identifier.isStar()) {
                    return List.of();
                }
                labels.add(label(item, text));
            }
        } else if (body.getKind() == org.apache.calcite.sql.SqlKind.VALUES) {
            SqlCall row = ((SqlCall) body).operand(0);
            for (int i = 1; i <= row.operandCount(); i++) {
                labels.add("column" + i);
            }
        }
        return labels;
    }

    private static SqlNode body(SqlNode query) {
        if (query instanceof SqlOrderBy order) {
            return body(order.query);
        }
        return query instanceof SqlWith with ? body(with.body) : query;
    }

    private static String label(SqlNode item, SourceText text) {
        SqlIdentifier alias = Nodes.alias(item);
        if (alias != null) {
            return alias.getSimple();
        }
        String typed = text.slice(item.getParserPosition());
        // TUMBLE_START(…) has become a column
        boolean isCall = typed.indexOf('(') > 0;
        return item instanceof SqlIdentifier identifier && !isCall ? Nodes.lastName(identifier) : typed;
    }
}
