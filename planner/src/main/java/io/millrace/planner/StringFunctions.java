package io.millrace.planner;

import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** The functions of strings and bytes, and those of regular expressions. */
final class StringFunctions {
    static final SqlReturnTypeInference STRING = ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference MAYBE_STRING =
            ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.FORCE_NULLABLE);
    private static final SqlReturnTypeInference BYTES = ReturnTypes.VARBINARY.andThen(SqlTypeTransforms.TO_NULLABLE);
    private static final SqlReturnTypeInference NUMBER = ReturnTypes.INTEGER_NULLABLE;
    private static final SqlReturnTypeInference TRUTH = ReturnTypes.BOOLEAN_NULLABLE;
    private static final SqlTypeFamily CHARACTER = SqlTypeFamily.CHARACTER;
    private static final SqlTypeFamily INTEGER = SqlTypeFamily.INTEGER;
    private static final SqlOperandTypeChecker ONE = OperandTypes.CHARACTER;
    private static final SqlOperandTypeChecker TWO = family(CHARACTER, CHARACTER);
    private static final SqlOperandTypeChecker TEXT_OR_BYTES =
            OperandTypes.or(OperandTypes.CHARACTER, OperandTypes.BINARY);

    private final List<SqlOperator> functions = new ArrayList<>();

    private StringFunctions() {}

    static List<SqlOperator> all() {
        StringFunctions all = new StringFunctions();
        all.addParts();
        all.addRewriting();
        all.addSearching();
        all.addCodes();
        all.addRegularExpressions();
        return all.functions;
    }

    private void addParts() {
        for (String name : List.of("LEFT", "RIGHT", "REPEAT")) {
            add(name, ScalarFunction.valueOf(name), STRING, family(CHARACTER, INTEGER));
        }
        add("SPLIT_PART", ScalarFunction.SPLIT_PART, STRING, family(CHARACTER, CHARACTER, INTEGER));
        add(
                "SUBSTR",
                ScalarFunction.SUBSTRING,
                STRING,
                OperandTypes.or(family(CHARACTER, INTEGER), family(CHARACTER, INTEGER, INTEGER)));
        SqlOperandTypeChecker pad = OperandTypes.or(family(CHARACTER, INTEGER), family(CHARACTER, INTEGER, CHARACTER));
        add("LPAD", ScalarFunction.LPAD, STRING, pad);
        add("RPAD", ScalarFunction.RPAD, STRING, pad);
        SqlOperandTypeChecker trim = OperandTypes.or(ONE, TWO);
        add("LTRIM", ScalarFunction.LTRIM, STRING, trim);
        add("RTRIM", ScalarFunction.RTRIM, STRING, trim);
        add("BTRIM", ScalarFunction.TRIM, STRING, trim);
    }

    private void addRewriting() {
        functions.add(OwnFunction.over(
                DataType.varchar(),
                "CONCAT",
                ScalarFunction.CONCAT_SKIP_NULL,
                ReturnTypes.VARCHAR,
                OperandTypes.VARIADIC));
        functions.add(OwnFunction.over(
                DataType.varchar(),
                "CONCAT_WS",
                ScalarFunction.CONCAT_WS,
                ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.ARG0_NULLABLE),
                OperandTypes.VARIADIC));
        add("REVERSE", ScalarFunction.REVERSE, STRING, ONE);
        add("REPLACE", ScalarFunction.REPLACE, STRING, family(CHARACTER, CHARACTER, CHARACTER));
        add("TRANSLATE", ScalarFunction.TRANSLATE, STRING, family(CHARACTER, CHARACTER, CHARACTER));
        add("LCASE", ScalarFunction.LOWER, STRING, ONE);
        add("UCASE", ScalarFunction.UPPER, STRING, ONE);
    }

    private void addSearching() {
        for (String name : List.of("STARTS_WITH", "ENDS_WITH", "CONTAINS")) {
            add(name, ScalarFunction.valueOf(name), TRUTH, TWO);
        }
        add("STRPOS", ScalarFunction.POSITION, NUMBER, TWO);
        SqlOperandTypeChecker from = OperandTypes.or(TWO, family(CHARACTER, CHARACTER, INTEGER));
        add("INSTR", ScalarFunction.POSITION, NUMBER, from);
        add("LOCATE", ScalarFunction.POSITION, NUMBER, from);
        add("LEVENSHTEIN", ScalarFunction.LEVENSHTEIN, NUMBER, TWO);
        add("SOUNDEX", ScalarFunction.SOUNDEX, STRING, ONE);
        add("DIFFERENCE", ScalarFunction.DIFFERENCE, NUMBER, TWO);
    }

    private void addCodes() {
        add("CHR", ScalarFunction.CHR, STRING, OperandTypes.INTEGER);
        add("ASCII", ScalarFunction.ASCII, NUMBER, ONE);
        add("UNICODE", ScalarFunction.ASCII, NUMBER, ONE);
        add("LENGTH", ScalarFunction.CHAR_LENGTH, NUMBER, ONE);
        add("OCTET_LENGTH", ScalarFunction.OCTET_LENGTH, NUMBER, TEXT_OR_BYTES);
        for (String name : List.of("MD5", "SHA1", "SHA256", "SHA512", "TO_BASE64")) {
            add(name, ScalarFunction.valueOf(name), STRING, TEXT_OR_BYTES);
        }
        add("CRC32", ScalarFunction.CRC32, ReturnTypes.BIGINT_NULLABLE, TEXT_OR_BYTES);
        add("TO_HEX", ScalarFunction.TO_HEX, STRING, OperandTypes.or(OperandTypes.INTEGER, TEXT_OR_BYTES));
        add("FROM_HEX", ScalarFunction.FROM_HEX, BYTES, ONE);
        add("FROM_BASE64", ScalarFunction.FROM_BASE64, BYTES, ONE);
    }

    private void addRegularExpressions() {
        SqlOperandTypeChecker flags = OperandTypes.or(TWO, family(CHARACTER, CHARACTER, CHARACTER));
        add("REGEXP_LIKE", ScalarFunction.REGEXP_LIKE, TRUTH, flags);
        add("REGEXP_CONTAINS", ScalarFunction.REGEXP_LIKE, TRUTH, TWO);
        SqlOperandTypeChecker from = OperandTypes.or(TWO, family(CHARACTER, CHARACTER, INTEGER));
        add("REGEXP_COUNT", ScalarFunction.REGEXP_COUNT, NUMBER, from);
        SqlOperandTypeChecker occurrence = OperandTypes.or(from, family(CHARACTER, CHARACTER, INTEGER, INTEGER));
        add("REGEXP_SUBSTR", ScalarFunction.REGEXP_SUBSTR, MAYBE_STRING, occurrence);
        add("REGEXP_EXTRACT", ScalarFunction.REGEXP_SUBSTR, MAYBE_STRING, occurrence);
        add(
                "REGEXP_INSTR",
                ScalarFunction.REGEXP_INSTR,
                NUMBER,
                OperandTypes.or(occurrence, family(CHARACTER, CHARACTER, INTEGER, INTEGER, INTEGER)));
        add(
                "REGEXP_REPLACE",
                ScalarFunction.REGEXP_REPLACE,
                STRING,
                OperandTypes.or(
                        family(CHARACTER, CHARACTER, CHARACTER),
                        family(CHARACTER, CHARACTER, CHARACTER, CHARACTER),
                        family(CHARACTER, CHARACTER, CHARACTER, INTEGER),
                        family(CHARACTER, CHARACTER, CHARACTER, INTEGER, INTEGER),
                        family(CHARACTER, CHARACTER, CHARACTER, INTEGER, INTEGER, CHARACTER)));
    }

    private void add(
            String name, ScalarFunction function, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
        functions.add(OwnFunction.of(name, function, returns, operands));
    }

    private static SqlOperandTypeChecker family(SqlTypeFamily... families) {
        return OperandTypes.family(families);
    }
}
