package io.millrace.planner;

import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions of dates and times. */
final class DatetimeFunctions {
    private static final SqlTypeFamily CHARACTER = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;
    private static final SqlTypeFamily NUMERIC = SqlTypeFamily.NUMERIC;
    private static final SqlTypeFamily DATETIME = SqlTypeFamily.DATETIME;
    private static final int DEFAULT_PRECISION = 3;
    private static final int MAX_PRECISION = 6;

    private DatetimeFunctions() {}

    private static final SqlOperandTypeChecker TEXTS = OperandTypes.family(CHARACTER, CHARACTER);

    static final OwnFunction TO_CHAR = OwnFunction.of(
            "TO_CHAR", ScalarFunction.TO_CHAR, StringFunctions.STRING, OperandTypes.family(DATETIME, CHARACTER));

    static final OwnFunction TO_DATE =
            OwnFunction.of("TO_DATE", ScalarFunction.TO_DATE, ReturnTypes.DATE_NULLABLE, TEXTS);

    static final OwnFunction TO_TIMESTAMP = OwnFunction.of(
            "TO_TIMESTAMP",
            ScalarFunction.TO_TIMESTAMP,
            nullable(DatetimeFunctions::parsed),
            OperandTypes.or(TEXTS, OperandTypes.NUMERIC));

    static List<SqlOperator> all() {
        List<SqlOperator> functions = new ArrayList<>();
        functions.add(new Functions.Clock("CURRENT_TIMESTAMP", SqlSyntax.FUNCTION_ID));
        functions.add(new Functions.Clock("LOCALTIMESTAMP", SqlSyntax.FUNCTION_ID));
        functions.add(new Functions.Clock("NOW", SqlSyntax.FUNCTION));
        functions.add(Functions.DATE_TRUNC);
        functions.add(Functions.function(
                "DATE_PART",
                ReturnTypes.BIGINT_NULLABLE,
                OperandTypes.or(
                        OperandTypes.family(CHARACTER, DATETIME),
                        OperandTypes.family(CHARACTER, SqlTypeFamily.DATETIME_INTERVAL))));
        functions.add(OwnFunction.of("DAYNAME", ScalarFunction.DAYNAME, StringFunctions.STRING, OperandTypes.DATETIME));
        functions.add(
                OwnFunction.of("MONTHNAME", ScalarFunction.MONTHNAME, StringFunctions.STRING, OperandTypes.DATETIME));
        functions.add(OwnFunction.of(
                "AGE",
                ScalarFunction.AGE,
                StringFunctions.STRING,
                OperandTypes.or(OperandTypes.DATETIME, OperandTypes.family(DATETIME, DATETIME))));
        functions.addAll(List.of(TO_CHAR, TO_DATE, TO_TIMESTAMP));
        addMakers(functions);
        addEpochs(functions);
        return functions;
    }

    private static void addMakers(List<SqlOperator> functions) {
        functions.add(OwnFunction.of(
                "MAKE_DATE",
                ScalarFunction.MAKE_DATE,
                ReturnTypes.DATE_NULLABLE,
                OperandTypes.family(INTEGER, INTEGER, INTEGER)));
        functions.add(OwnFunction.of(
                "MAKE_TIME",
                ScalarFunction.MAKE_TIME,
                nullable(binding -> type(binding, SqlTypeName.TIME, MAX_PRECISION)),
                OperandTypes.family(INTEGER, INTEGER, NUMERIC)));
        functions.add(OwnFunction.of(
                "MAKE_TIMESTAMP",
                ScalarFunction.MAKE_TIMESTAMP,
                nullable(binding -> type(binding, SqlTypeName.TIMESTAMP, MAX_PRECISION)),
                OperandTypes.family(INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, NUMERIC)));
    }

    private static void addEpochs(List<SqlOperator> functions) {
        for (String name : List.of("UNIX_SECONDS", "UNIX_MILLIS", "UNIX_MICROS")) {
            functions.add(Functions.function(
                    name, ReturnTypes.BIGINT_NULLABLE, OperandTypes.family(SqlTypeFamily.TIMESTAMP)));
        }
        functions.add(
                Functions.function("UNIX_DATE", ReturnTypes.BIGINT_NULLABLE, OperandTypes.family(SqlTypeFamily.DATE)));
        for (String name : List.of("TIMESTAMP_SECONDS", "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS")) {
            int precision = name.endsWith("MICROS") ? MAX_PRECISION : DEFAULT_PRECISION;
            functions.add(Functions.function(
                    name, nullable(binding -> type(binding, SqlTypeName.TIMESTAMP, precision)), OperandTypes.INTEGER));
        }
        functions.add(Functions.function("DATE_FROM_UNIX_DATE", ReturnTypes.DATE_NULLABLE, OperandTypes.INTEGER));
    }

    private static SqlReturnTypeInference nullable(SqlReturnTypeInference inference) {
        return inference.andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    /** With microseconds when a literal format reads them, or when it is made of a number. */
    private static RelDataType parsed(SqlOperatorBinding binding) {
        boolean precise = binding.getOperandCount() == 1;
        if (!precise && binding.isOperandLiteral(1, false)) {
            String format = binding.getOperandLiteralValue(1, String.class);
            precise = format != null && format.toUpperCase(Locale.ROOT).contains("US");
        }
        return type(binding, SqlTypeName.TIMESTAMP, precise ? MAX_PRECISION : DEFAULT_PRECISION);
    }

    private static RelDataType type(SqlOperatorBinding binding, SqlTypeName name, int precision) {
        return binding.getTypeFactory().createSqlType(name, precision);
    }
}
