package io.millrace.planner;

import io.millrace.catalog.Relation;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** {@code *} over a stream means its declared columns: {@code rowtime} is selected only by name. */
final class StarExpansion {
    private final Relations relations;

    StarExpansion(Relations relations) {
        this.relations = relations;
    }

    /** Rewrites a SELECT in place; its FROM has been desugared. */
    void expand(SqlSelect select) {
        SqlNode from = select.getFrom();
        if (from == null || select.getSelectList().stream().noneMatch(StarExpansion::isStar)) {
            return;
        }
        List<String> columns = columns(Nodes.withoutAlias(from));
        if (columns == null) {
            return;
        }
        String qualifier = qualifier(from);
        SqlNodeList items = new SqlNodeList(select.getSelectList().getParserPosition());
        for (SqlNode item : select.getSelectList()) {
            if (isStar(item) && qualifies((SqlIdentifier) item, qualifier)) {
                columns.forEach(column -> items.add(column(qualifier, column, item)));
            } else if (isStar(item)) {
                String table = ((SqlIdentifier) item).names.get(0);
                throw new MillraceException(
                        ErrorCode.UNDEFINED_OBJECT,
                        "there is no \"" + table + "\" in FROM",
                        qualifier == null ? null : "Did you mean \"" + qualifier + "\"?",
                        Nodes.position(item),
                        null);
            } else {
                items.add(item);
            }
        }
        select.setSelectList(items);
    }

    private static boolean isStar(SqlNode item) {
        return item instanceof SqlIdentifier identifier && identifier.isStar();
    }

    private static boolean qualifies(SqlIdentifier star, @Nullable String qualifier) {
        return star.names.size() == 1
                || (star.names.size() == 2 && star.names.get(0).equalsIgnoreCase(qualifier));
    }

    private static SqlNode column(@Nullable String qualifier, String column, SqlNode star) {
        return qualifier == null
                ? new SqlIdentifier(column, star.getParserPosition())
                : new SqlIdentifier(List.of(qualifier, column), star.getParserPosition());
    }

    private static @Nullable String qualifier(SqlNode from) {
        SqlIdentifier alias = Nodes.alias(from);
        if (alias != null) {
            return alias.getSimple();
        }
        return from instanceof SqlIdentifier name ? Nodes.lastName(name) : null;
    }

    /** The columns of a stream or of windows over one; null for all else, whose {@code *} hides nothing. */
    private @Nullable List<String> columns(SqlNode relation) {
        if (relation instanceof SqlIdentifier name) {
            Relation found = relations.relation(name);
            return found == null
                    ? null
                    : found.columns().stream().map(column -> column.name()).toList();
        }
        if (relation.getKind() == SqlKind.COLLECTION_TABLE
                && ((SqlCall) relation).operand(0) instanceof SqlCall call
                && call.getOperator() instanceof WindowTableFunction
                && call.operand(0).getKind() == SqlKind.EXPLICIT_TABLE) {
            List<String> data = columns(((SqlCall) call.operand(0)).operand(0));
            if (data == null) {
                return null;
            }
            List<String> all = new ArrayList<>(data);
            all.addAll(WindowTableFunction.COLUMNS);
            return all;
        }
        return null;
    }
}
