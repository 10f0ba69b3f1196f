package io.millrace.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The functions that statements may name: ours, which come first, and those of Calcite's libraries. */
final class Functions {
    private static final SqlReturnTypeInference STRING = ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference NUMBER = ReturnTypes.INTEGER_NULLABLE;
    private static final SqlReturnTypeInference TRUTH = ReturnTypes.BOOLEAN_NULLABLE;
    private static final SqlReturnTypeInference DOUBLE = ReturnTypes.DOUBLE_NULLABLE;
    private static final SqlTypeFamily CHARACTER = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;

    /** Calcite's parser makes another one, whose unit comes second. */
    static final SqlFunction DATE_TRUNC =
            function("$DATE_TRUNC", ReturnTypes.ARG1_NULLABLE, family(CHARACTER, SqlTypeFamily.DATETIME));

    static final SqlOperatorTable TABLE = table();

    private Functions() {}

    private static SqlOperatorTable table() {
        return SqlOperatorTables.chain(
                SqlOperatorTables.of(own()),
                SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
                        SqlLibrary.STANDARD,
                        SqlLibrary.POSTGRESQL,
                        SqlLibrary.MYSQL,
                        SqlLibrary.BIG_QUERY,
                        SqlLibrary.SPARK));
    }

    private static List<SqlOperator> own() {
        List<SqlOperator> functions = new ArrayList<>();
        functions.add(WindowTableFunction.TUMBLE);
        functions.add(WindowTableFunction.HOP);
        functions.add(new Clock("CURRENT_TIMESTAMP", SqlSyntax.FUNCTION_ID));
        functions.add(new Clock("LOCALTIMESTAMP", SqlSyntax.FUNCTION_ID));
        functions.add(new Clock("NOW", SqlSyntax.FUNCTION));
        functions.add(DATE_TRUNC);
        functions.add(function(
                "GREATEST",
                ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.SAME_VARIADIC));
        functions.add(function(
                "LEAST",
                ReturnTypes.LEAST_RESTRICTIVE.andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.SAME_VARIADIC));
        addMath(functions);
        addStrings(functions);
        return functions;
    }

    private static void addMath(List<SqlOperator> functions) {
        for (String name : List.of("SQRT", "EXP", "LN", "LOG10")) {
            functions.add(function(name, DOUBLE, OperandTypes.NUMERIC));
        }
        functions.add(function("POWER", DOUBLE, OperandTypes.NUMERIC_NUMERIC));
        functions.add(function("POW", DOUBLE, OperandTypes.NUMERIC_NUMERIC));
        SqlOperandTypeChecker digits = OperandTypes.or(OperandTypes.NUMERIC, family(SqlTypeFamily.NUMERIC, INTEGER));
        for (String name : List.of("ROUND", "TRUNCATE", "TRUNC")) {
            functions.add(function(name, ReturnTypes.ARG0_NULLABLE, digits));
        }
    }

    private static void addStrings(List<SqlOperator> functions) {
        functions.add(function("CONCAT", ReturnTypes.VARCHAR, OperandTypes.VARIADIC));
        functions.add(function("SPLIT_PART", STRING, family(CHARACTER, CHARACTER, INTEGER)));
        for (String name : List.of("STARTS_WITH", "ENDS_WITH", "CONTAINS")) {
            functions.add(function(name, TRUTH, family(CHARACTER, CHARACTER)));
        }
        functions.add(function("STRPOS", NUMBER, family(CHARACTER, CHARACTER)));
        functions.add(function("CHR", STRING, OperandTypes.INTEGER));
        functions.add(function("ASCII", NUMBER, OperandTypes.CHARACTER));
        functions.add(function("LENGTH", NUMBER, OperandTypes.CHARACTER));
        functions.add(function("OCTET_LENGTH", NUMBER, OperandTypes.CHARACTER));
        for (String name : List.of("LEFT", "RIGHT", "REPEAT")) {
            functions.add(function(name, STRING, family(CHARACTER, INTEGER)));
        }
        SqlOperandTypeChecker pad = OperandTypes.or(family(CHARACTER, INTEGER), family(CHARACTER, INTEGER, CHARACTER));
        functions.add(function("LPAD", STRING, pad));
        functions.add(function("RPAD", STRING, pad));
        functions.add(function(
                "SUBSTR", STRING, OperandTypes.or(family(CHARACTER, INTEGER), family(CHARACTER, INTEGER, INTEGER))));
        SqlOperandTypeChecker trim = OperandTypes.or(OperandTypes.CHARACTER, family(CHARACTER, CHARACTER));
        for (String name : List.of("LTRIM", "RTRIM", "BTRIM")) {
            functions.add(function(name, STRING, trim));
        }
        functions.add(function("REVERSE", STRING, OperandTypes.CHARACTER));
        functions.add(function("REPLACE", STRING, family(CHARACTER, CHARACTER, CHARACTER)));
        functions.add(function("TRANSLATE", STRING, family(CHARACTER, CHARACTER, CHARACTER)));
    }

    private static SqlOperandTypeChecker family(SqlTypeFamily... families) {
        return OperandTypes.family(families);
    }

    private static SqlFunction function(String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
        return new SqlFunction(
                name, SqlKind.OTHER_FUNCTION, returns, null, operands, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    /** The time of the step; a TIMESTAMP(3), while Calcite's own are TIMESTAMP(0). */
    static final class Clock extends SqlFunction {
        private final SqlSyntax syntax;

        Clock(String name, SqlSyntax syntax) {
            super(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    Clock::type,
                    null,
                    OperandTypes.or(OperandTypes.NILADIC, OperandTypes.POSITIVE_INTEGER_LITERAL),
                    SqlFunctionCategory.TIMEDATE);
            this.syntax = syntax;
        }

        private static RelDataType type(SqlOperatorBinding binding) {
            return binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 3);
        }

        @Override
        public SqlSyntax getSyntax() {
            return syntax;
        }
    }
}
