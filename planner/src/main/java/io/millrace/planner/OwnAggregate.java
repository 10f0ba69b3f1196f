package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.AggregateFunction;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/** An aggregate function that we define ourselves, and what becomes of it in a plan. */
class OwnAggregate extends SqlAggFunction {
    private final AggregateFunction function;

    private OwnAggregate(AggregateFunction function, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
        this(function.name(), function, returns, operands);
    }

    private OwnAggregate(
            String name, AggregateFunction function, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                returns,
                null,
                operands,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.function = function;
    }

    static List<SqlOperator> all() {
        return List.of(
                new OwnAggregate(AggregateFunction.APPROX_COUNT_DISTINCT, ReturnTypes.BIGINT, OperandTypes.ANY),
                argument("ARG_MIN", AggregateFunction.ARG_MIN),
                argument("MIN_BY", AggregateFunction.ARG_MIN),
                argument("ARG_MAX", AggregateFunction.ARG_MAX),
                argument("MAX_BY", AggregateFunction.ARG_MAX),
                new Percentile());
    }

    /** Calcite's own is not NULL where the value is not, though what is compared can be NULL in all rows. */
    private static OwnAggregate argument(String name, AggregateFunction function) {
        SqlReturnTypeInference returns = ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE);
        return new OwnAggregate(name, function, returns, OperandTypes.ANY_COMPARABLE);
    }

    AggregateFunction function() {
        return function;
    }

    /** APPROX_PERCENTILE, whose fraction is the same for all rows. */
    private static final class Percentile extends OwnAggregate {
        Percentile() {
            super(
                    AggregateFunction.APPROX_PERCENTILE,
                    ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                    OperandTypes.family(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC));
        }

        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            boolean fits = super.checkOperandTypes(binding, throwOnFailure);
            if (fits) {
                checkFraction(binding.operand(1));
            }
            return fits;
        }

        private static void checkFraction(SqlNode fraction) {
            boolean varies = fraction.isA(SqlKind.QUERY)
                    || Nodes.find(
                                    fraction,
                                    node -> node instanceof SqlIdentifier || node.getKind() == SqlKind.SCALAR_QUERY)
                            != null;
            if (varies) {
                throw new MillraceException(
                        ErrorCode.NOT_SUPPORTED,
                        "a fraction of APPROX_PERCENTILE that is not a constant is not supported",
                        "Write a number from 0 to 1, such as 0.95.",
                        Nodes.position(fraction),
                        null);
            }
            if (fraction instanceof SqlNumericLiteral literal) {
                BigDecimal number = literal.bigDecimalValue();
                if (number != null && (number.signum() < 0 || number.compareTo(BigDecimal.ONE) > 0)) {
                    throw new MillraceException(
                            ErrorCode.INVALID_PARAMETER,
                            "fraction " + literal + " of APPROX_PERCENTILE is out of range",
                            "Write a number from 0 to 1, such as 0.95.",
                            Nodes.position(fraction),
                            null);
                }
            }
        }
    }
}
