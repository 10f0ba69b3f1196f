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
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The functions that statements may name: ours, which come first, and those of Calcite's libraries. */
final class Functions {
    /** Calcite's parser makes another one, whose unit comes second. */
    static final SqlFunction DATE_TRUNC = function(
            "$DATE_TRUNC",
            ReturnTypes.ARG1_NULLABLE,
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME));

    /** Of one query the same for all rows, of the next another. */
    private static final SqlFunction READ_POSITION =
            new SqlFunction(
                    "MR_POSITION",
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.BIGINT,
                    null,
                    OperandTypes.NILADIC,
                    SqlFunctionCategory.SYSTEM) {
                @Override
                public boolean isDynamicFunction() {
                    return true;
                }
            };

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
        functions.addAll(WindowTableFunction.ALL);
        functions.addAll(NumberFunctions.all());
        functions.addAll(StringFunctions.all());
        functions.addAll(DatetimeFunctions.all());
        functions.addAll(ConditionalFunctions.all());
        functions.add(SqlLibraryOperators.TRY_CAST);
        functions.addAll(OwnAggregate.all());
        functions.add(ArrayFunctions.AGGREGATE);
        functions.add(DatetimeMinus.INSTANCE);
        functions.add(READ_POSITION);
        return functions;
    }

    static SqlFunction function(String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
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
