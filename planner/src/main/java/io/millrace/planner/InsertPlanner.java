package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StoredRelation;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** INSERT … VALUES: each value on its own, so that long lists of rows cost no more than their length. */
final class InsertPlanner {
    private final CatalogSnapshot catalog;
    private final CalciteSchema schema;
    private final String sql;
    private final QueryPlanner expressions;
    private final TreeMap<Integer, DataType> parameters = new TreeMap<>();

    InsertPlanner(CatalogSnapshot catalog, CalciteSchema schema, String sql) {
        this.catalog = catalog;
        this.schema = schema;
        this.sql = sql;
        expressions = new QueryPlanner(catalog, schema, sql);
    }

    StatementPlan plan(SqlInsert insert) {
        if (insert.isUpsert()) {
            throw MillraceException.notSupported("UPSERT", Nodes.position(insert));
        }
        StoredRelation relation = TargetColumns.relation("INSERT into", insert.getTargetTable(), catalog);
        List<Integer> targets = TargetColumns.of(insert.getTargetColumnList(), relation);
        SqlNode source = insert.getSource();
        if (source.getKind() != SqlKind.VALUES) {
            return new InsertQueryPlanner(catalog, schema, sql).plan(insert, relation, targets);
        }
        List<Integer> places = TargetColumns.places(targets, relation);
        List<List<Expression>> rows = new ArrayList<>();
        for (SqlNode row : ((SqlCall) source).getOperandList()) {
            rows.add(row((SqlCall) row, targets, relation));
        }
        TargetColumns.checkMissing(places, relation, insert);
        addDefaults(places, rows, relation);
        return new StatementPlan.Insert(relation, places, rows, List.copyOf(parameters.values()));
    }

    /** Gives columns that the statement leaves out their default values. */
    private static void addDefaults(List<Integer> places, List<List<Expression>> rows, StoredRelation relation) {
        for (int i = 0; i < places.size(); i++) {
            Expression value = TargetColumns.defaultOf(relation, i);
            if (places.get(i) < 0 && value != null) {
                places.set(i, rows.get(0).size());
                rows.forEach(row -> row.add(value));
            }
        }
    }

    private List<Expression> row(SqlCall row, List<Integer> targets, StoredRelation relation) {
        List<SqlNode> values = row.getKind() == SqlKind.ROW ? row.getOperandList() : List.of(row);
        if (values.size() != targets.size()) {
            throw new MillraceException(
                    ErrorCode.SYNTAX_ERROR,
                    "the row has " + values.size() + " values, but " + targets.size() + " columns are to be filled",
                    "The columns are " + columnNames(targets, relation) + ".",
                    Nodes.position(row),
                    null);
        }
        List<Expression> expressions = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            expressions.add(value(values.get(i), relation, targets.get(i)));
        }
        return expressions;
    }

    private static String columnNames(List<Integer> targets, StoredRelation relation) {
        return String.join(", ", targets.stream().map(relation::columnName).toList());
    }

    private Expression value(SqlNode node, StoredRelation relation, int target) {
        ColumnDefinition column = relation.columns().get(target);
        DataType type = column.type();
        if (node.getKind() == SqlKind.DEFAULT) {
            Expression value = TargetColumns.defaultOf(relation, target);
            return Assignments.checked(
                    value == null ? new Constant(null, type.withNullable(true)) : value, column, node);
        }
        if (node instanceof SqlDynamicParam parameter) {
            parameters.put(parameter.getIndex(), type.withNullable(true));
            return new Parameter(parameter.getIndex(), type.withNullable(true));
        }
        Expression value = LiteralNodes.constant(node);
        if (value == null) {
            value = expression(node);
        }
        return Assignments.checked(Assignments.assigned(value, column, node), column, node);
    }

    private Expression expression(SqlNode node) {
        Expression value = expressions.value(node);
        return value.accept(new Expressions(column -> column, parameter -> {
            parameters.put(parameter.index(), parameter.type().withNullable(true));
            return parameter;
        }));
    }
}
