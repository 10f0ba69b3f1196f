package io.millrace.planner;

import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;

/** Expressions that stand outside of queries: watermarks, values to insert. */
final class RowExpressions {
    private RowExpressions() {}

    static Expression translate(RelPlanner planner, SqlNode node, List<String> names, List<DataType> types) {
        SqlTypes factory = (SqlTypes) planner.rexBuilder().getTypeFactory();
        Map<String, RelDataType> scope = new HashMap<>();
        Map<String, RexNode> columns = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            RelDataType type = factory.fromDataType(types.get(i));
            scope.put(names.get(i), type);
            columns.put(names.get(i), planner.rexBuilder().makeInputRef(type, i));
        }
        SqlNode validated = planner.validator().validateParameterizedExpression(node, scope);
        RexNode rex = planner.convertExpression(validated, columns);
        return new ExpressionTranslator(types, planner.rexBuilder()).translate(rex);
    }
}
