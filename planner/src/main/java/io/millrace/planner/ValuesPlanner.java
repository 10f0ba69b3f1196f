package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexLiteral;

/** VALUES: rows of literals, or, as the union of one row each, of other expressions. */
final class ValuesPlanner {
    private ValuesPlanner() {}

    static Values literals(org.apache.calcite.rel.core.Values values) {
        RowType type = type(values.getRowType());
        List<List<Expression>> rows = new ArrayList<>();
        for (List<RexLiteral> tuple : values.tuples) {
            List<Expression> row = new ArrayList<>();
            for (RexLiteral literal : tuple) {
                row.add(Literals.constant(literal));
            }
            rows.add(cast(row, type));
        }
        return new Values(rows, type);
    }

    static Values union(RelDataType rowType, List<PlanNode> inputs) {
        RowType type = type(rowType);
        List<List<Expression>> rows = new ArrayList<>();
        for (PlanNode input : inputs) {
            if (input instanceof Values values) {
                values.rows().forEach(row -> rows.add(cast(row, type)));
            } else if (input instanceof FilterProject project
                    && project.condition() == null
                    && project.input() instanceof Values values) {
                values.rows().forEach(row -> rows.add(cast(Expressions.replace(project.projections(), row), type)));
            } else {
                throw MillraceException.internal("not VALUES: " + input);
            }
        }
        return new Values(rows, type);
    }

    private static List<Expression> cast(List<Expression> row, RowType type) {
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cast.add(Coercions.cast(row.get(i), type.type(i)));
        }
        return cast;
    }

    private static RowType type(RelDataType rowType) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : rowType.getFieldList()) {
            DataType type = ExpressionTranslator.resultType(field.getType());
            fields.add(new Field(
                    field.getName(),
                    type.kind() == Kind.VARCHAR ? DataType.varchar().withNullable(type.nullable()) : type));
        }
        return new RowType(fields);
    }
}
