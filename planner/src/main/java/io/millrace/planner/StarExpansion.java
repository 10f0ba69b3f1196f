package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code *} over a stream means its declared columns: {@code rowtime} is selected only by name. Of a join it means the
 * columns of all inputs, those of USING once and first.
 */
final class StarExpansion {
    private final FromColumns fromColumns;

    StarExpansion(Relations relations) {
        fromColumns = new FromColumns(relations);
    }

    /** Rewrites a SELECT in place; its FROM has been desugared. */
    void expand(SqlSelect select) {
        SqlNode from = select.getFrom();
        if (from == null) {
            return;
        }
        if (from instanceof SqlJoin join) {
            fromColumns.nameNatural(join);
        }
        if (select.getSelectList().stream().noneMatch(StarExpansion::isStar)) {
            return;
        }
        List<FromColumns.Input> inputs = fromColumns.inputs(from);
        SqlNodeList items = new SqlNodeList(select.getSelectList().getParserPosition());
        for (SqlNode item : select.getSelectList()) {
            if (!isStar(item)) {
                items.add(item);
                continue;
            }
            SqlIdentifier star = (SqlIdentifier) item;
            if (star.names.size() == 1) {
                List<SqlNode> all = fromColumns.all(from, star.getParserPosition());
                all.forEach(items::add);
            } else {
                ofOne(star, inputs).forEach(items::add);
            }
            PlanningBudget.current().columns(items.size(), Nodes.position(item));
        }
        select.setSelectList(items);
    }

    private static boolean isStar(SqlNode item) {
        return item instanceof SqlIdentifier identifier && identifier.isStar();
    }

    /** {@code t.*}. */
    private static List<SqlNode> ofOne(SqlIdentifier star, List<FromColumns.Input> inputs) {
        String table = star.names.get(star.names.size() - 2);
        for (FromColumns.Input input : inputs) {
            if (star.names.size() == 2 && table.equalsIgnoreCase(input.qualifier())) {
                return input.items(star.getParserPosition());
            }
        }
        List<String> qualifiers = inputs.stream()
                .map(FromColumns.Input::qualifier)
                .filter(java.util.Objects::nonNull)
                .toList();
        String near = inputs.size() == 1 && qualifiers.size() == 1
                ? qualifiers.get(0)
                : Names.nearest(star.names.get(0), qualifiers);
        throw new MillraceException(
                ErrorCode.UNDEFINED_OBJECT,
                "there is no \""
                        + star.names.stream().limit(star.names.size() - 1).collect(Collectors.joining("."))
                        + "\" in FROM",
                near == null ? null : "Did you mean \"" + near + "\"?",
                Nodes.position(star),
                null);
    }

    /** A list of one star. */
    static List<SqlNode> star(SqlParserPos position) {
        List<SqlNode> items = new ArrayList<>();
        items.add(SqlIdentifier.star(position));
        return items;
    }
}
