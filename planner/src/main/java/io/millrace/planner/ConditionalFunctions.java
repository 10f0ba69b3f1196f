package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions that choose between their arguments, and the few that belong nowhere else. */
final class ConditionalFunctions {
    private static final SqlReturnTypeInference COMMON =
            ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlTypeFamily ANY = SqlTypeFamily.ANY;

    private ConditionalFunctions() {}

    static List<SqlOperator> all() {
        return List.of(
                OwnFunction.of("GREATEST", ScalarFunction.GREATEST, COMMON, OperandTypes.SAME_VARIADIC),
                OwnFunction.of("LEAST", ScalarFunction.LEAST, COMMON, OperandTypes.SAME_VARIADIC),
                Functions.function("NVL2", ConditionalFunctions::branches, OperandTypes.family(ANY, ANY, ANY)),
                Functions.function(
                        "IIF", ConditionalFunctions::branches, OperandTypes.family(SqlTypeFamily.BOOLEAN, ANY, ANY)),
                Functions.function("DECODE", ConditionalFunctions::decoded, OperandTypes.VARIADIC),
                Functions.function("PI", ReturnTypes.DOUBLE, OperandTypes.NILADIC),
                Functions.function("TYPEOF", ReturnTypes.VARCHAR, OperandTypes.ANY),
                Functions.function("SPACE", StringFunctions.STRING, OperandTypes.INTEGER),
                Functions.function(
                        "BIT_LENGTH",
                        ReturnTypes.INTEGER_NULLABLE,
                        OperandTypes.or(OperandTypes.CHARACTER, OperandTypes.BINARY)));
    }

    /** The second and third argument agree. */
    private static RelDataType branches(SqlOperatorBinding binding) {
        return common(binding, List.of(binding.getOperandType(1), binding.getOperandType(2)));
    }

    /** Each second argument from the third on, and a last one left over, agree. */
    private static RelDataType decoded(SqlOperatorBinding binding) {
        int count = binding.getOperandCount();
        if (count < 3) {
            throw new MillraceException(ErrorCode.UNDEFINED_FUNCTION, "function \"DECODE\" takes at least 3 arguments")
                    .withHint("Write DECODE(value, search, result, …, otherwise).");
        }
        List<RelDataType> results = new ArrayList<>();
        for (int i = 2; i < count; i += 2) {
            results.add(binding.getOperandType(i));
        }
        if (count % 2 == 0) {
            results.add(binding.getOperandType(count - 1));
            return common(binding, results);
        }
        return binding.getTypeFactory().createTypeWithNullability(common(binding, results), true);
    }

    private static RelDataType common(SqlOperatorBinding binding, List<RelDataType> types) {
        RelDataType type = binding.getTypeFactory().leastRestrictive(types);
        if (type == null) {
            throw new MillraceException(
                            ErrorCode.TYPE_MISMATCH,
                            "the results of " + binding.getOperator().getName() + " have no common type")
                    .withHint("Cast the values to one type.");
        }
        return type;
    }
}
