package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.parser.ast.Positions;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.jspecify.annotations.Nullable;

/** The functions that make and read an ARRAY. */
final class ArrayFunctions {
    /** Calcite's own is not NULL where its argument is not, though there can be no row. */
    static final SqlBasicAggFunction AGGREGATE = SqlBasicAggFunction.create(
                    SqlKind.ARRAY_AGG,
                    ReturnTypes.andThen(ReturnTypes::stripOrderBy, ArrayFunctions::arrayOf),
                    OperandTypes.ANY)
            .withSyntax(SqlSyntax.ORDERED_FUNCTION)
            .withAllowsNullTreatment(true);

    private ArrayFunctions() {}

    private static RelDataType arrayOf(SqlOperatorBinding binding) {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType element = types.createTypeWithNullability(binding.getOperandType(0), true);
        return types.createTypeWithNullability(types.createArrayType(element, -1), true);
    }

    /** Whether values of the type can be in an ARRAY. */
    static boolean isElement(DataType type) {
        return !type.isArray() && type.kind() != Kind.NULL;
    }

    /** Null when the call is of none of these functions. */
    static @Nullable Expression translate(RexCall call, List<Expression> operands) {
        switch (call.getKind()) {
            case ITEM:
                return element(call, operands);
            case ARRAY_VALUE_CONSTRUCTOR:
                return array(call, operands);
            case ARRAY_CONTAINS:
                return quantified(ScalarFunction.EQUALS, operands.get(1), operands.get(0), call);
            case SOME:
            case ALL:
                SqlKind comparison = ((SqlQuantifyOperator) call.getOperator()).comparisonKind;
                ScalarFunction function = Objects.requireNonNull(OperatorMap.function(comparison));
                return quantified(function, operands.get(0), operands.get(1), call);
            default:
                return isCardinality(call) && operands.get(0).type().isArray()
                        ? Call.of(
                                ScalarFunction.CARDINALITY, ExpressionTranslator.type(call.getType()), operands.get(0))
                        : null;
        }
    }

    private static boolean isCardinality(RexCall call) {
        switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "CARDINALITY":
            case "ARRAY_LENGTH":
            case "ARRAY_SIZE":
                return true;
            default:
                return false;
        }
    }

    private static Expression element(RexCall call, List<Expression> operands) {
        Expression array = operands.get(0);
        if (!array.type().isArray() || !call.getOperator().getName().equals("ITEM")) {
            throw MillraceException.notSupported(
                    "an element of a collection by " + call.getOperator().getName(),
                    Positions.start(call.getParserPosition()));
        }
        return Call.of(
                ScalarFunction.ARRAY_ELEMENT,
                array.type().elementType(),
                array,
                Coercions.cast(operands.get(1), DataType.of(Kind.BIGINT)));
    }

    private static Expression array(RexCall call, List<Expression> operands) {
        DataType type = ExpressionTranslator.type(call.getType());
        List<Expression> elements = new ArrayList<>(operands.size());
        operands.forEach(operand -> elements.add(Coercions.cast(operand, type.elementType())));
        return new Call(ScalarFunction.ARRAY, elements, type);
    }

    /** The comparison with any or all elements, whose type and the value's become one. */
    private static Expression quantified(ScalarFunction comparison, Expression value, Expression array, RexCall call) {
        DataType common = array.type().isArray()
                ? Coercions.common(value.type(), array.type().elementType())
                : null;
        if (common == null) {
            throw MillraceException.notSupported(
                    "a comparison of " + value.type() + " with the elements of " + array.type(),
                    Positions.start(call.getParserPosition()));
        }
        ScalarFunction quantifier = call.getKind() == SqlKind.ALL ? ScalarFunction.ARRAY_ALL : ScalarFunction.ARRAY_ANY;
        return Call.of(
                quantifier,
                ExpressionTranslator.type(call.getType()),
                ExpressionTranslator.text(comparison.name()),
                Coercions.cast(value, common),
                Coercions.cast(array, DataType.array(common)));
    }
}
