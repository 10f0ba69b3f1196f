package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE as queries that give the numbers of the rows, and what they become: so a condition or a new value can
 * be whatever a SELECT allows.
 *
 * <pre>
 * UPDATE t AS a SET n = e WHERE c     SELECT a."$row", e FROM t AS a WHERE c
 * DELETE FROM t WHERE c               SELECT t."$row" FROM t WHERE c
 * </pre>
 */
final class ChangePlanner {
    private final CatalogSnapshot catalog;
    private final String sql;

    ChangePlanner(CatalogSnapshot catalog, String sql) {
        this.catalog = catalog;
        this.sql = sql;
    }

    StatementPlan update(SqlUpdate update) {
        TableDefinition table = table("UPDATE of", update.getTargetTable());
        List<Integer> targets = TargetColumns.of(update.getTargetColumnList(), table);
        Integer[] columns = new Integer[table.columns().size()];
        Arrays.fill(columns, StatementPlan.KEPT);
        SqlNodeList values = new SqlNodeList(update.getParserPosition());
        List<Integer> assigned = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            int target = targets.get(i);
            SqlNode value = update.getSourceExpressionList().get(i);
            if (value.getKind() == SqlKind.DEFAULT) {
                checkDefault(table, target, value);
                columns[target] = StatementPlan.DEFAULT;
                continue;
            }
            values.add(Assignments.typed(value, table.columns().get(target)));
            assigned.add(i);
            columns[target] = values.size();
        }
        StatementPlan.Query source = query(table, update.getAlias(), update, values, update.getCondition());
        for (int i = 0; i < assigned.size(); i++) {
            ColumnDefinition column = table.columns().get(targets.get(assigned.get(i)));
            source = Assignments.assign(
                    source, i + 1, column, update.getSourceExpressionList().get(assigned.get(i)));
        }
        return new StatementPlan.Update(table, Arrays.asList(columns), source);
    }

    StatementPlan delete(SqlDelete delete) {
        TableDefinition table = table("DELETE from", delete.getTargetTable());
        SqlNodeList nothing = new SqlNodeList(delete.getParserPosition());
        return new StatementPlan.Delete(table, query(table, delete.getAlias(), delete, nothing, delete.getCondition()));
    }

    private TableDefinition table(String statement, SqlNode target) {
        StoredRelation relation = TargetColumns.relation(statement, target, catalog);
        if (relation instanceof TableDefinition table) {
            return table;
        }
        throw new MillraceException(
                ErrorCode.NOT_SUPPORTED,
                "stream \"" + relation.name() + "\" is append-only: " + statement + " it is not supported",
                "Rows of a table can be changed.",
                Nodes.position(target),
                null);
    }

    private static void checkDefault(TableDefinition table, int column, SqlNode node) {
        if (table.defaults().get(column) == null && !table.columnType(column).nullable()) {
            throw Assignments.notNull(table.columnName(column)).at(Nodes.position(node));
        }
    }

    private StatementPlan.Query query(
            TableDefinition table,
            @Nullable SqlIdentifier alias,
            SqlNode statement,
            SqlNodeList values,
            @Nullable SqlNode condition) {
        SqlParserPos position = statement.getParserPosition();
        SqlIdentifier name = new SqlIdentifier(table.name(), position);
        SqlNode from = alias == null ? name : SqlStdOperatorTable.AS.createCall(position, name, alias);
        String qualifier = alias == null ? table.name() : alias.getSimple();
        SqlNodeList items = new SqlNodeList(position);
        items.add(new SqlIdentifier(List.of(qualifier, TableScan.ROW), position));
        items.addAll(values);
        SqlSelect select =
                new SqlSelect(position, null, items, from, condition, null, null, null, null, null, null, null, null);
        return new QueryPlanner(catalog, CatalogSchema.of(catalog, table), sql).plan(select);
    }
}
