package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one row instead of all where a condition gives the whole key of a table or materialized view.
 *
 * <pre>
 * FilterProject where id = 7 and c       FilterProject where id = 7 and c
 *   TableScan t                     →      TableScan t, the row of key (7)
 * </pre>
 */
final class KeyLookups extends PlanRewriter {
    private final CatalogSnapshot catalog;

    private KeyLookups(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    static PlanNode find(PlanNode root, CatalogSnapshot catalog) {
        return new KeyLookups(catalog).rewrite(root);
    }

    @Override
    public PlanNode visitFilterProject(FilterProject node) {
        if (node.input() instanceof TableScan scan && node.condition() != null) {
            List<Expression> key = key(scan, Expressions.conjuncts(node.condition()));
            return key == null
                    ? node
                    : new FilterProject(scan.withKey(key), node.condition(), node.projections(), node.rowType());
        }
        return super.visitFilterProject(node);
    }

    /** The values of the key's columns; null when the conditions do not give them all. */
    private @Nullable List<Expression> key(TableScan scan, List<Expression> conditions) {
        Relation table = catalog.relation(scan.tableName());
        List<Integer> columns = key(table);
        if (table == null || columns.isEmpty()) {
            return null;
        }
        List<Expression> key = new ArrayList<>();
        for (int column : columns) {
            int place = scan.columns().indexOf(column);
            Expression value = place < 0 ? null : value(place, table.columnType(column), conditions);
            if (value == null) {
                return null;
            }
            key.add(value);
        }
        return key;
    }

    private static List<Integer> key(@Nullable Relation relation) {
        if (relation instanceof TableDefinition table) {
            return table.primaryKey();
        }
        StandingQuery query = relation instanceof ViewDefinition view ? view.query() : null;
        List<Integer> key = query == null ? null : query.key();
        return key == null ? List.of() : key;
    }

    private static @Nullable Expression value(int place, DataType type, List<Expression> conditions) {
        for (Expression condition : conditions) {
            if (condition instanceof Call call && call.function() == ScalarFunction.EQUALS) {
                Expression left = call.arguments().get(0);
                Expression right = call.arguments().get(1);
                if (isColumn(left, place, type) && isValue(right, type)) {
                    return right;
                }
                if (isColumn(right, place, type) && isValue(left, type)) {
                    return left;
                }
            }
        }
        return null;
    }

    /** The column, or the same number as a wider integer. */
    private static boolean isColumn(Expression expression, int place, DataType type) {
        if (expression instanceof Call call
                && call.function() == ScalarFunction.CAST
                && type.isInteger()
                && call.type().isInteger()
                && call.type().kind().compareTo(type.kind()) > 0) {
            return isColumn(call.arguments().get(0), place, type);
        }
        return expression instanceof ColumnReference column && column.index() == place;
    }

    /** Whether equal values are equal bits: not so for doubles, and for CHAR, which may differ in blanks. */
    private static boolean isValue(Expression value, DataType type) {
        if (!Expressions.used(value).isEmpty()) {
            return false;
        }
        DataType given = value.type();
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> given.isInteger();
            case VARCHAR -> given.isCharacter();
            case DECIMAL ->
                given.kind() == type.kind() && given.scale() == type.scale() && given.storage() == type.storage();
            case BOOLEAN, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ -> given.kind() == type.kind();
            default -> false;
        };
    }
}
