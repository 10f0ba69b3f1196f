package io.millrace.planner;

import io.millrace.catalog.Relation;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The columns that {@code *} means over what stands after FROM. */
final class FromColumns {
    private final Relations relations;

    FromColumns(Relations relations) {
        this.relations = relations;
    }

    /**
     * One relation after FROM.
     *
     * @param qualifier its alias or name; null when it has none
     * @param columns null when they are not known before validation; then they hide nothing
     */
    record Input(@Nullable String qualifier, @Nullable List<String> columns) {
        List<SqlNode> items(SqlParserPos position) {
            List<SqlNode> items = new ArrayList<>();
            if (columns == null) {
                items.add(qualifier == null ? SqlIdentifier.star(position) : starOf(qualifier, position));
            } else {
                columns.forEach(column -> items.add(column(column, position)));
            }
            return items;
        }

        private SqlIdentifier column(String column, SqlParserPos position) {
            return qualifier == null
                    ? new SqlIdentifier(column, position)
                    : new SqlIdentifier(List.of(qualifier, column), position);
        }

        private static SqlIdentifier starOf(String qualifier, SqlParserPos position) {
            return SqlIdentifier.star(List.of(qualifier, ""), position, List.of(position, position));
        }
    }

    /** A column of a join as USING names it, and the expression that reads it. */
    private record Item(String name, SqlNode node) {}

    /** All relations, from left to right. */
    List<Input> inputs(SqlNode from) {
        List<Input> inputs = new ArrayList<>();
        collect(from, inputs);
        return inputs;
    }

    private void collect(SqlNode from, List<Input> out) {
        if (from instanceof SqlJoin join) {
            collect(join.getLeft(), out);
            collect(join.getRight(), out);
        } else {
            out.add(input(from));
        }
    }

    private Input input(SqlNode from) {
        return new Input(qualifier(from), names(from));
    }

    /** The select items that {@code *} stands for; a star when the validator has to tell. */
    List<SqlNode> all(SqlNode from, SqlParserPos position) {
        List<Item> items = items(from, position);
        if (items != null) {
            return items.stream()
                    .map(item -> Nodes.isColumn(item.node, item.name)
                            ? item.node
                            : Nodes.as(item.node, Nodes.identifier(item.name, position)))
                    .toList();
        }
        List<Input> inputs = inputs(from);
        if (hasUsing(from) || inputs.stream().anyMatch(input -> input.qualifier == null)) {
            return StarExpansion.star(position);
        }
        return inputs.stream().flatMap(input -> input.items(position).stream()).toList();
    }

    /** What a name without a table means that USING shares; null when it is none of these, or not only one. */
    @Nullable
    SqlNode shared(SqlNode from, String name, SqlParserPos position) {
        if (!isShared(from, name)) {
            return null;
        }
        List<Item> items = items(from, position);
        List<Item> named = items == null
                ? List.of()
                : items.stream()
                        .filter(item -> item.name.equalsIgnoreCase(name))
                        .toList();
        return named.size() == 1 ? named.get(0).node : null;
    }

    private static boolean isShared(SqlNode from, String name) {
        return from instanceof SqlJoin join
                && (contains(using(join), name) || isShared(join.getLeft(), name) || isShared(join.getRight(), name));
    }

    /**
     * Says as a condition what USING means over a column that a join inside shares already: of FULL JOIN it is the value that
     * is there, which the validator does not know.
     */
    void spellOut(SqlJoin join) {
        List<String> names = using(join);
        if (names.stream().anyMatch(name -> isShared(join.getLeft(), name) || isShared(join.getRight(), name))) {
            SqlParserPos position = join.getParserPosition();
            List<Item> left = items(join.getLeft(), position);
            List<Item> right = items(join.getRight(), position);
            SqlNode condition = left == null || right == null ? null : equality(names, left, right, position);
            if (condition != null) {
                join.setOperand(4, JoinConditionType.ON.symbol(position));
                join.setOperand(5, condition);
            }
        }
        if (join.getLeft() instanceof SqlJoin left) {
            spellOut(left);
        }
        if (join.getRight() instanceof SqlJoin right) {
            spellOut(right);
        }
    }

    /** Null when a side lacks a column, which the validator tells. */
    private static @Nullable SqlNode equality(
            List<String> names, List<Item> left, List<Item> right, SqlParserPos position) {
        SqlNode condition = null;
        for (String name : names) {
            Item ofLeft = find(left, name);
            Item ofRight = find(right, name);
            if (ofLeft == null || ofRight == null) {
                return null;
            }
            SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(position, ofLeft.node, ofRight.node);
            condition = condition == null ? equal : SqlStdOperatorTable.AND.createCall(position, condition, equal);
        }
        return condition;
    }

    private static boolean hasUsing(SqlNode from) {
        return from instanceof SqlJoin join
                && (join.isNatural()
                        || join.getConditionType() == JoinConditionType.USING
                        || hasUsing(join.getLeft())
                        || hasUsing(join.getRight()));
    }

    private @Nullable List<Item> items(SqlNode from, SqlParserPos position) {
        if (!(from instanceof SqlJoin join)) {
            Input input = input(from);
            return input.columns == null
                    ? null
                    : input.columns.stream()
                            .map(column -> new Item(column, input.column(column, position)))
                            .toList();
        }
        List<Item> left = items(join.getLeft(), position);
        List<Item> right = items(join.getRight(), position);
        if (left == null || right == null || join.isNatural()) {
            return null;
        }
        List<Item> items = new ArrayList<>();
        List<String> using = using(join);
        for (String name : using) {
            Item ofLeft = find(left, name);
            Item ofRight = find(right, name);
            if (ofLeft == null || ofRight == null) {
                return null; // the validator tells that there is none
            }
            items.add(merged(join.getJoinType(), ofLeft, ofRight, position));
        }
        left.stream().filter(item -> !contains(using, item.name)).forEach(items::add);
        right.stream().filter(item -> !contains(using, item.name)).forEach(items::add);
        return items;
    }

    private static Item merged(JoinType type, Item left, Item right, SqlParserPos position) {
        switch (type) {
            case RIGHT:
                return new Item(left.name, right.node);
            case FULL:
                return new Item(
                        left.name,
                        SqlStdOperatorTable.COALESCE.createCall(
                                position, left.node.clone(position), right.node.clone(position)));
            default:
                return left;
        }
    }

    private static @Nullable Item find(List<Item> items, String name) {
        return items.stream()
                .filter(item -> item.name.equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    private static boolean contains(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static List<String> using(SqlJoin join) {
        if (join.getConditionType() != JoinConditionType.USING || !(join.getCondition() instanceof SqlNodeList list)) {
            return List.of();
        }
        return list.stream().map(node -> Nodes.lastName((SqlIdentifier) node)).toList();
    }

    /** NATURAL joins name the columns that the inputs share, of which {@code rowtime} is none. */
    void nameNatural(SqlJoin join) {
        if (join.getLeft() instanceof SqlJoin left) {
            nameNatural(left);
        }
        if (join.getRight() instanceof SqlJoin right) {
            nameNatural(right);
        }
        if (!join.isNatural()) {
            return;
        }
        SqlParserPos position = join.getParserPosition();
        List<Item> left = items(join.getLeft(), position);
        List<Item> right = items(join.getRight(), position);
        if (left == null || right == null) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "NATURAL JOIN of a query whose columns have no names is not supported",
                    "Write JOIN … USING (…), or give each column an alias.",
                    Nodes.position(join.getRight()),
                    null);
        }
        SqlNodeList shared = new SqlNodeList(position);
        for (Item item : left) {
            if (find(right, item.name) != null) {
                shared.add(Nodes.identifier(item.name, position));
            }
        }
        join.setOperand(1, SqlLiteral.createBoolean(false, position));
        if (shared.isEmpty()) {
            JoinConditionType on = JoinConditionType.ON;
            join.setOperand(4, on.symbol(position));
            join.setOperand(5, SqlLiteral.createBoolean(true, position));
        } else {
            join.setOperand(4, JoinConditionType.USING.symbol(position));
            join.setOperand(5, shared);
        }
    }

    private static @Nullable String qualifier(SqlNode from) {
        SqlIdentifier alias = Nodes.alias(from);
        if (alias != null) {
            return alias.getSimple();
        }
        return from instanceof SqlIdentifier name ? Nodes.lastName(name) : null;
    }

    /** The column names of one relation; null when the validator has to tell. */
    private @Nullable List<String> names(SqlNode from) {
        if (from.getKind() == SqlKind.AS) {
            SqlCall as = (SqlCall) from;
            if (as.operandCount() > 2) {
                return as.getOperandList().subList(2, as.operandCount()).stream()
                        .map(name -> ((SqlIdentifier) name).getSimple())
                        .toList();
            }
            return names(as.operand(0));
        }
        if (from.getKind() == SqlKind.LATERAL) {
            return names(((SqlCall) from).operand(0));
        }
        if (from instanceof SqlIdentifier name) {
            Relation found = relations.relation(name);
            if (found != null) {
                return found.columns().stream().map(column -> column.name()).toList();
            }
            List<String> declared = relations.withColumns(name);
            SqlNode query = relations.withQuery(name);
            return declared != null || query == null ? declared : queryNames(query);
        }
        if (from.getKind() == SqlKind.COLLECTION_TABLE
                && ((SqlCall) from).operand(0) instanceof SqlCall call
                && call.getOperator() instanceof WindowTableFunction) {
            SqlNode data = call.operand(0);
            List<String> columns = names(data.getKind() == SqlKind.EXPLICIT_TABLE ? ((SqlCall) data).operand(0) : data);
            if (columns == null) {
                return null;
            }
            List<String> all = new ArrayList<>(columns);
            all.addAll(WindowTableFunction.COLUMNS);
            return all;
        }
        return from.isA(SqlKind.QUERY) ? queryNames(from) : null;
    }

    /** The names of the columns of a query whose stars have been expanded. */
    private static @Nullable List<String> queryNames(SqlNode query) {
        switch (query.getKind()) {
            case ORDER_BY:
                return queryNames(((SqlOrderBy) query).query);
            case WITH:
                return queryNames(((SqlWith) query).body);
            case UNION:
            case INTERSECT:
            case EXCEPT:
                return queryNames(((SqlCall) query).operand(0));
            case SELECT:
                break;
            default:
                return null;
        }
        List<String> names = new ArrayList<>();
        for (SqlNode item : ((SqlSelect) query).getSelectList()) {
            SqlIdentifier name = item instanceof SqlIdentifier column ? column : Nodes.alias(item);
            if (name == null || name.isStar()) {
                return null;
            }
            names.add(Nodes.lastName(name));
        }
        return names;
    }
}
