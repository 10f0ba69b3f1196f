package io.millrace.planner;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlColumnDefinition;
import io.millrace.parser.ast.SqlCreateTable;
import io.millrace.plan.Expression;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE: names, types, the key, default values. */
final class TableAnalyzer {
    private final QueryPlanner expressions;
    private final String sql;

    TableAnalyzer(QueryPlanner expressions, String sql) {
        this.expressions = expressions;
        this.sql = sql;
    }

    StatementPlan analyze(SqlCreateTable create) {
        if (create.isReplace()) {
            throw MillraceException.notSupported("CREATE OR REPLACE TABLE", Nodes.position(create));
        }
        if (create.watermark() != null) {
            throw wrong("a table has no WATERMARK", "CREATE STREAM has.", create.watermark());
        }
        String name = Definitions.name(create.name());
        List<ColumnDefinition> columns = Definitions.columns(create);
        for (ColumnDefinition column : columns) {
            if (column.name().equalsIgnoreCase(TableScan.ROW)) {
                throw wrong("column name \"" + column.name() + "\" is reserved", "Give it another.", create);
            }
        }
        List<Integer> key = primaryKey(create.primaryKey(), columns);
        for (int column : key) {
            ColumnDefinition nullable = columns.get(column);
            columns.set(
                    column,
                    new ColumnDefinition(nullable.name(), nullable.type().notNull()));
        }
        Map<String, String> options = Definitions.options(create);
        if (!options.isEmpty()) {
            throw wrong(
                    "a table has no option \"" + options.keySet().iterator().next() + "\"",
                    "Leave WITH out.",
                    create.options().get(0));
        }
        TableDefinition definition =
                new TableDefinition(0, name, columns, key, defaults(create.columns(), columns), options, sql);
        return new StatementPlan.CreateTable(definition, create.isIfNotExists());
    }

    private static List<Integer> primaryKey(List<SqlIdentifier> names, List<ColumnDefinition> columns) {
        List<Integer> key = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (SqlIdentifier name : names) {
            int column = column(name, columns);
            if (!seen.add(column)) {
                throw wrong("column \"" + name.getSimple() + "\" is in the key twice", "Leave one out.", name);
            }
            key.add(column);
        }
        return key;
    }

    private static int column(SqlIdentifier name, List<ColumnDefinition> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(name.getSimple())) {
                return i;
            }
        }
        String near = Names.nearest(
                name.getSimple(), columns.stream().map(ColumnDefinition::name).toList());
        throw new MillraceException(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name.getSimple() + "\" of the key does not exist",
                near == null ? null : "Did you mean \"" + near + "\"?",
                Nodes.position(name),
                null);
    }

    private List<@Nullable Expression> defaults(List<SqlColumnDefinition> written, List<ColumnDefinition> columns) {
        List<@Nullable Expression> defaults = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            SqlNode value = written.get(i).defaultValue();
            defaults.add(value == null ? null : defaultValue(value, columns.get(i)));
        }
        return defaults;
    }

    private Expression defaultValue(SqlNode node, ColumnDefinition column) {
        SqlNode wrong = Nodes.find(node, SqlDynamicParam.class::isInstance);
        if (wrong != null) {
            throw wrong("a default value is a constant, or a function of constants", "Leave this out.", wrong);
        }
        Expression value = LiteralNodes.constant(node);
        if (value == null) {
            value = expressions.value(node);
        }
        return Assignments.checked(Assignments.assigned(value, column, node), column, node);
    }

    private static MillraceException wrong(String message, String hint, SqlNode place) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint, Nodes.position(place), null);
    }
}
