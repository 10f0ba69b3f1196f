package io.millrace.planner;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.SetOperation;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.type.RelDataTypeField;

/** UNION, INTERSECT and EXCEPT: all inputs get the types of the result first. */
final class SetOperations {
    private SetOperations() {}

    static PlanNode plan(SetOp node, List<PlanNode> inputs) {
        if (node instanceof Union && node.all && inputs.stream().allMatch(SetOperations::isValues)) {
            return ValuesPlanner.union(node.getRowType(), inputs);
        }
        RowType type = type(node);
        List<PlanNode> alike =
                inputs.stream().map(input -> withTypes(input, type)).toList();
        if (node instanceof Intersect || node instanceof Minus) {
            SetOperation.Kind kind = node instanceof Intersect ? SetOperation.Kind.INTERSECT : SetOperation.Kind.EXCEPT;
            PlanNode result = alike.get(0);
            for (PlanNode input : alike.subList(1, alike.size())) {
                result = new SetOperation(result, input, kind, node.all, type);
            }
            return result;
        }
        PlanNode union = alike.size() == 1 ? alike.get(0) : new UnionAll(alike, type);
        return node.all
                ? union
                : new HashAggregate(
                        union, IntStream.range(0, type.size()).boxed().toList(), List.of(), type);
    }

    private static boolean isValues(PlanNode input) {
        return input instanceof Values
                || (input instanceof FilterProject project
                        && project.condition() == null
                        && project.input() instanceof Values);
    }

    private static RowType type(SetOp node) {
        List<Field> fields = new ArrayList<>();
        for (RelDataTypeField field : node.getRowType().getFieldList()) {
            DataType type = ExpressionTranslator.resultType(field.getType());
            fields.add(new Field(
                    field.getName(),
                    type.kind() == Kind.VARCHAR ? DataType.varchar().withNullable(type.nullable()) : type));
        }
        return new RowType(fields);
    }

    private static PlanNode withTypes(PlanNode input, RowType type) {
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Expression> given = FilterProjects.columns(input.rowType());
        for (int i = 0; i < type.size(); i++) {
            columns.add(Coercions.cast(given.get(i), type.type(i)));
            names.add(type.name(i));
        }
        return columns.equals(given) ? input : FilterProjects.project(input, columns, names);
    }
}
