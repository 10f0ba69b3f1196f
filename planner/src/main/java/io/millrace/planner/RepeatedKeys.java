package io.millrace.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/** Writes out ROLLUP and CUBE that name a key twice: each of their grouping sets counts, also when two are equal. */
final class RepeatedKeys {
    private RepeatedKeys() {}

    static void expand(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        if (group == null) {
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.set(i, expanded(group.get(i)));
        }
    }

    private static SqlNode expanded(SqlNode item) {
        if (item.getKind() == SqlKind.GROUPING_SETS) {
            SqlCall sets = (SqlCall) item;
            for (int i = 0; i < sets.operandCount(); i++) {
                sets.setOperand(i, expanded(sets.operand(i)));
            }
            return sets;
        }
        boolean isRollup = item.getKind() == SqlKind.ROLLUP;
        if (!(isRollup || item.getKind() == SqlKind.CUBE) || !repeats(((SqlCall) item).getOperandList())) {
            return item;
        }
        List<SqlNode> keys = ((SqlCall) item).getOperandList();
        SqlParserPos position = item.getParserPosition();
        return SqlStdOperatorTable.GROUPING_SETS.createCall(
                position, isRollup ? rollup(keys, position) : cube(keys, position));
    }

    private static boolean repeats(List<SqlNode> keys) {
        List<SqlNode> columns = columns(keys);
        for (int i = 0; i < columns.size(); i++) {
            for (int k = i + 1; k < columns.size(); k++) {
                if (mayEqual(columns.get(i), columns.get(k))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The keys, and those of several columns by their columns. */
    private static List<SqlNode> columns(List<SqlNode> keys) {
        List<SqlNode> columns = new ArrayList<>();
        for (SqlNode key : keys) {
            if (key.getKind() == SqlKind.ROW) {
                columns.addAll(((SqlCall) key).getOperandList());
            } else {
                columns.add(key);
            }
        }
        return columns;
    }

    private static boolean mayEqual(SqlNode key, SqlNode other) {
        return key instanceof SqlIdentifier name && other instanceof SqlIdentifier otherName
                ? Nodes.lastName(name).equalsIgnoreCase(Nodes.lastName(otherName))
                : key.equalsDeep(other, Litmus.IGNORE);
    }

    private static List<SqlNode> rollup(List<SqlNode> keys, SqlParserPos position) {
        List<SqlNode> sets = new ArrayList<>();
        for (int size = keys.size(); size >= 0; size--) {
            sets.add(set(keys.subList(0, size), position));
        }
        return sets;
    }

    private static List<SqlNode> cube(List<SqlNode> keys, SqlParserPos position) {
        List<SqlNode> sets = new ArrayList<>();
        for (long chosen = (1L << keys.size()) - 1; chosen >= 0; chosen--) {
            List<SqlNode> set = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                if ((chosen >> i & 1) == 1) {
                    set.add(keys.get(i));
                }
            }
            sets.add(set(set, position));
        }
        return sets;
    }

    private static SqlNode set(List<SqlNode> keys, SqlParserPos position) {
        List<SqlNode> copies = columns(keys).stream()
                .map(key -> key.clone(key.getParserPosition()))
                .toList();
        return copies.size() == 1
                ? copies.get(0)
                : copies.isEmpty() ? new SqlNodeList(position) : SqlStdOperatorTable.ROW.createCall(position, copies);
    }
}
