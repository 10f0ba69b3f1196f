package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.parser.ast.Positions;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Parameter;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Turns Calcite's expressions over one input into the plan's. */
final class ExpressionTranslator {
    private final List<DataType> input;
    private final RexBuilder rexBuilder;
    private final CallTranslator calls = new CallTranslator();

    ExpressionTranslator(List<DataType> input, RexBuilder rexBuilder) {
        this.input = input;
        this.rexBuilder = rexBuilder;
    }

    List<Expression> translate(List<? extends RexNode> nodes) {
        List<Expression> expressions = new ArrayList<>(nodes.size());
        for (RexNode node : nodes) {
            expressions.add(translate(node));
        }
        return expressions;
    }

    Expression translate(RexNode node) {
        if (node instanceof RexInputRef column) {
            return new ColumnReference(column.getIndex(), input.get(column.getIndex()));
        }
        if (node instanceof RexLiteral literal) {
            // units and trim flags are read by those calls that take them
            return literal.getTypeName() == SqlTypeName.SYMBOL ? text("") : Literals.constant(literal);
        }
        if (node instanceof RexDynamicParam parameter) {
            return new Parameter(parameter.getIndex(), type(parameter.getType()));
        }
        if (node instanceof RexOver) {
            throw MillraceException.notSupported("OVER", null);
        }
        if (node instanceof RexCall call) {
            return call(call);
        }
        throw MillraceException.notSupported(node.getKind().name(), null);
    }

    private Expression call(RexCall call) {
        SqlKind kind = call.getKind();
        if (SqlTypes.toDataType(call.getType()) == null && !SplitText.isSplit(call)) {
            throw unsupported(call.getType(), Positions.start(call.getParserPosition()));
        }
        switch (kind) {
            case SEARCH:
                return translate(RexUtil.expandSearch(rexBuilder, null, call));
            case OR:
                return InLists.or(flatten(call, SqlKind.OR));
            case AND:
                return new Call(ScalarFunction.AND, flatten(call, SqlKind.AND), type(call.getType()));
            case CAST:
                return Conversions.cast(translate(call.getOperands().get(0)), call.getType());
            case CASE:
                return Conditionals.caseOf(translate(call.getOperands()), type(call.getType()));
            default:
                return other(call);
        }
    }

    private Expression other(RexCall call) {
        if (SplitText.isCardinality(call)) {
            return SplitText.count(translate(SplitText.arguments(call)));
        }
        if (SplitText.isItem(call)) {
            return SplitText.part(
                    translate(SplitText.arguments(call)),
                    translate(call.getOperands().get(1)));
        }
        List<Expression> operands = translate(call.getOperands());
        Expression ofArray = ArrayFunctions.translate(call, operands);
        return ofArray != null ? ofArray : calls.translate(call, operands);
    }

    private List<Expression> flatten(RexCall call, SqlKind kind) {
        List<Expression> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (operand.getKind() == kind) {
                operands.addAll(flatten((RexCall) operand, kind));
            } else {
                operands.add(translate(operand));
            }
        }
        return operands;
    }

    static DataType type(RelDataType type) {
        DataType mapped = SqlTypes.toDataType(type);
        if (mapped == null) {
            throw unsupported(type, null);
        }
        return mapped;
    }

    private static MillraceException unsupported(RelDataType type, @Nullable SourcePosition position) {
        return MillraceException.notSupported("type " + SqlTypes.name(type), position);
    }

    /** The type of a computed value: character results are never padded. */
    static DataType resultType(RelDataType type) {
        DataType mapped = type(type);
        return mapped.kind() == Kind.CHAR ? DataType.varchar().withNullable(mapped.nullable()) : mapped;
    }

    static Constant text(String value) {
        return new Constant(value, DataType.varchar().notNull());
    }
}
