package io.millrace.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.CompositeOperandTypeChecker;
import org.apache.calcite.sql.type.ImplicitCastOperandTypeChecker;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** The types that functions expect of question marks among their arguments. */
final class ParameterTypes {
    private final RelDataTypeFactory factory;

    ParameterTypes(RelDataTypeFactory factory) {
        this.factory = factory;
    }

    /** The widest type that an argument can have; null when the function takes any. */
    @Nullable
    RelDataType expected(SqlCall call, int argument) {
        if (!(call.getOperator() instanceof SqlFunction named)) {
            return null;
        }
        List<SqlOperator> found = new ArrayList<>();
        Functions.TABLE.lookupOperatorOverloads(
                named.getNameAsId(), null, SqlSyntax.FUNCTION, found, SqlNameMatchers.withCaseSensitive(false));
        for (SqlOperator operator : found) {
            SqlTypeFamily family = family(operator.getOperandTypeChecker(), argument, call.operandCount());
            if (family != null) {
                return type(family);
            }
        }
        return null;
    }

    private static @Nullable SqlTypeFamily family(
            @Nullable SqlOperandTypeChecker checker, int argument, int arguments) {
        if (checker instanceof CompositeOperandTypeChecker composite) {
            for (SqlOperandTypeChecker rule : composite.getRules()) {
                SqlTypeFamily family = family(rule, argument, arguments);
                if (family != null) {
                    return family;
                }
            }
            return null;
        }
        return checker != null
                        && checker instanceof ImplicitCastOperandTypeChecker families
                        && checker.getOperandCountRange().isValidCount(arguments)
                ? families.getOperandSqlTypeFamily(argument)
                : null;
    }

    private @Nullable RelDataType type(SqlTypeFamily family) {
        switch (family) {
            case NUMERIC:
            case APPROXIMATE_NUMERIC:
                return factory.createSqlType(SqlTypeName.DOUBLE);
            case INTEGER:
            case EXACT_NUMERIC:
                return factory.createSqlType(SqlTypeName.BIGINT);
            case DATE:
                return factory.createSqlType(SqlTypeName.DATE);
            case DATETIME:
            case DATETIME_INTERVAL:
            case TIMESTAMP:
                return factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
            case BOOLEAN:
                return factory.createSqlType(SqlTypeName.BOOLEAN);
            case CHARACTER:
            case STRING:
                return factory.createSqlType(SqlTypeName.VARCHAR);
            default:
                return null;
        }
    }
}
