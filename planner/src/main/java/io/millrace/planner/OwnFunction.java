package io.millrace.planner;

import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.jspecify.annotations.Nullable;

/** A function that we define ourselves, and what becomes of it in a plan. */
final class OwnFunction extends SqlFunction {
    private final ScalarFunction function;
    private final @Nullable DataType arguments;

    private OwnFunction(
            String name,
            ScalarFunction function,
            @Nullable DataType arguments,
            SqlReturnTypeInference returns,
            SqlOperandTypeChecker operands) {
        super(name, SqlKind.OTHER_FUNCTION, returns, null, operands, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
        this.arguments = arguments;
    }

    static OwnFunction of(
            String name, ScalarFunction function, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
        return new OwnFunction(name, function, null, returns, operands);
    }

    /** A function whose arguments are all converted to one type. */
    static OwnFunction over(
            DataType arguments,
            String name,
            ScalarFunction function,
            SqlReturnTypeInference returns,
            SqlOperandTypeChecker operands) {
        return new OwnFunction(name, function, arguments, returns, operands);
    }

    ScalarFunction function() {
        return function;
    }

    /** The type to which all arguments are converted; null when they stay as they are. */
    @Nullable
    DataType arguments() {
        return arguments;
    }
}
