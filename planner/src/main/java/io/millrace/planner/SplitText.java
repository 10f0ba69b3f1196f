package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** SPLIT(text, delimiter) where its ARRAY is used at once: an element of it, or its size. */
final class SplitText {
    private SplitText() {}

    static boolean isSplit(RexNode node) {
        return node instanceof RexCall call
                && call.getOperator().getName().equalsIgnoreCase("SPLIT")
                && call.getType().getComponentType() != null;
    }

    static boolean isCardinality(RexCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT).equals("CARDINALITY")
                && isSplit(call.getOperands().get(0));
    }

    static boolean isItem(RexCall call) {
        return call.getKind() == SqlKind.ITEM && isSplit(call.getOperands().get(0));
    }

    /** The text and perhaps the delimiter of the SPLIT that is the first operand. */
    static List<RexNode> arguments(RexCall call) {
        return ((RexCall) call.getOperands().get(0)).getOperands();
    }

    static Expression part(List<Expression> arguments, Expression index) {
        List<Expression> all = withDelimiter(arguments);
        all.add(index);
        return new Call(ScalarFunction.SPLIT_ITEM, all, DataType.varchar());
    }

    static Expression count(List<Expression> arguments) {
        List<Expression> all = withDelimiter(arguments);
        boolean nullable = all.stream().anyMatch(argument -> argument.type().nullable());
        return new Call(
                ScalarFunction.SPLIT_COUNT, all, DataType.of(Kind.INTEGER).withNullable(nullable));
    }

    private static List<Expression> withDelimiter(List<Expression> arguments) {
        List<Expression> all = new ArrayList<>(arguments);
        if (all.size() == 1) {
            all.add(ExpressionTranslator.text(","));
        }
        return all;
    }
}
