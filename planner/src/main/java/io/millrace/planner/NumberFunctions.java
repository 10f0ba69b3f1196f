package io.millrace.planner;

import static java.util.Map.entry;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** The functions of numbers. */
final class NumberFunctions {
    private static final DataType DOUBLE = DataType.of(Kind.DOUBLE);
    private static final DataType BIGINT = DataType.of(Kind.BIGINT);
    private static final SqlReturnTypeInference LONG = ReturnTypes.BIGINT_NULLABLE;

    /** Of one number, by way of DOUBLE. */
    private static final Map<String, ScalarFunction> DOUBLES = Map.ofEntries(
            entry("SQRT", ScalarFunction.SQRT),
            entry("CBRT", ScalarFunction.CBRT),
            entry("EXP", ScalarFunction.EXP),
            entry("LN", ScalarFunction.LN),
            entry("LOG2", ScalarFunction.LOG2),
            entry("LOG10", ScalarFunction.LOG10),
            entry("SIN", ScalarFunction.SIN),
            entry("COS", ScalarFunction.COS),
            entry("TAN", ScalarFunction.TAN),
            entry("COT", ScalarFunction.COT),
            entry("SEC", ScalarFunction.SEC),
            entry("CSC", ScalarFunction.CSC),
            entry("ASIN", ScalarFunction.ASIN),
            entry("ACOS", ScalarFunction.ACOS),
            entry("ATAN", ScalarFunction.ATAN),
            entry("SINH", ScalarFunction.SINH),
            entry("COSH", ScalarFunction.COSH),
            entry("TANH", ScalarFunction.TANH),
            entry("COTH", ScalarFunction.COTH),
            entry("SECH", ScalarFunction.SECH),
            entry("CSCH", ScalarFunction.CSCH),
            entry("ASINH", ScalarFunction.ASINH),
            entry("ACOSH", ScalarFunction.ACOSH),
            entry("ATANH", ScalarFunction.ATANH),
            entry("SIND", ScalarFunction.SIN_DEGREES),
            entry("COSD", ScalarFunction.COS_DEGREES),
            entry("TAND", ScalarFunction.TAN_DEGREES),
            entry("ASIND", ScalarFunction.ASIN_DEGREES),
            entry("ACOSD", ScalarFunction.ACOS_DEGREES),
            entry("ATAND", ScalarFunction.ATAN_DEGREES),
            entry("DEGREES", ScalarFunction.DEGREES),
            entry("RADIANS", ScalarFunction.RADIANS));

    private NumberFunctions() {}

    static List<SqlOperator> all() {
        List<SqlOperator> functions = new ArrayList<>();
        DOUBLES.forEach((name, function) -> functions.add(overDouble(name, function, OperandTypes.NUMERIC)));
        functions.add(overDouble("POWER", ScalarFunction.POWER, OperandTypes.NUMERIC_NUMERIC));
        functions.add(overDouble("POW", ScalarFunction.POWER, OperandTypes.NUMERIC_NUMERIC));
        functions.add(overDouble("ATAN2", ScalarFunction.ATAN2, OperandTypes.NUMERIC_NUMERIC));
        functions.add(overDouble(
                "LOG", ScalarFunction.LOG, OperandTypes.or(OperandTypes.NUMERIC, OperandTypes.NUMERIC_NUMERIC)));
        SqlOperandTypeChecker digits = OperandTypes.or(
                OperandTypes.NUMERIC, OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER));
        functions.add(rounding("ROUND", ScalarFunction.ROUND, digits));
        functions.add(rounding("TRUNCATE", ScalarFunction.TRUNCATE, digits));
        functions.add(rounding("TRUNC", ScalarFunction.TRUNCATE, digits));
        addIntegers(functions);
        return functions;
    }

    private static void addIntegers(List<SqlOperator> functions) {
        SqlOperandTypeChecker one = OperandTypes.INTEGER;
        SqlOperandTypeChecker two = OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER);
        functions.add(overLong("GCD", ScalarFunction.GCD, two));
        functions.add(overLong("LCM", ScalarFunction.LCM, two));
        functions.add(overLong("FACTORIAL", ScalarFunction.FACTORIAL, one));
        functions.add(OwnFunction.of("DIV", ScalarFunction.DIVIDE, ReturnTypes.LEAST_RESTRICTIVE, two));
        functions.add(OwnFunction.of(
                "WIDTH_BUCKET",
                ScalarFunction.WIDTH_BUCKET,
                ReturnTypes.INTEGER_NULLABLE,
                OperandTypes.family(
                        SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC, SqlTypeFamily.INTEGER)));
    }

    private static SqlFunction rounding(String name, ScalarFunction function, SqlOperandTypeChecker operands) {
        return OwnFunction.of(name, function, ReturnTypes.ARG0_NULLABLE, operands);
    }

    private static SqlFunction overDouble(String name, ScalarFunction function, SqlOperandTypeChecker operands) {
        return OwnFunction.over(DOUBLE, name, function, ReturnTypes.DOUBLE_NULLABLE, operands);
    }

    private static SqlFunction overLong(String name, ScalarFunction function, SqlOperandTypeChecker operands) {
        return OwnFunction.over(BIGINT, name, function, LONG, operands);
    }
}
