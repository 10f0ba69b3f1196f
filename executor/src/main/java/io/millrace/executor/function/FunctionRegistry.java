package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.ScalarFunction;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which factory makes the kernels of which function. */
final class FunctionRegistry {
    private static final Map<ScalarFunction, FunctionFactory> FACTORIES = new EnumMap<>(ScalarFunction.class);

    /** The functions that may have a value though an argument is NULL. */
    private static final Set<ScalarFunction> NOT_STRICT = EnumSet.of(
            ScalarFunction.IS_DISTINCT_FROM,
            ScalarFunction.IS_NOT_DISTINCT_FROM,
            ScalarFunction.IN,
            ScalarFunction.AND,
            ScalarFunction.OR,
            ScalarFunction.IS_NULL,
            ScalarFunction.IS_NOT_NULL,
            ScalarFunction.IS_TRUE,
            ScalarFunction.IS_NOT_TRUE,
            ScalarFunction.IS_FALSE,
            ScalarFunction.IS_NOT_FALSE,
            ScalarFunction.CASE,
            ScalarFunction.COALESCE,
            ScalarFunction.GREATEST,
            ScalarFunction.LEAST,
            ScalarFunction.CONCAT_SKIP_NULL,
            ScalarFunction.CONCAT_WS,
            ScalarFunction.ARRAY,
            ScalarFunction.ARRAY_ANY,
            ScalarFunction.ARRAY_ALL);

    static {
        registerLogic();
        registerNumbers();
        registerText();
        registerRegularExpressions();
        registerDatetimes();
        registerArrays();
    }

    private FunctionRegistry() {}

    static FunctionFactory factory(ScalarFunction function) {
        FunctionFactory factory = FACTORIES.get(function);
        if (factory == null) {
            throw MillraceException.internal("no kernel for " + function);
        }
        return factory;
    }

    static boolean isStrict(ScalarFunction function) {
        return !NOT_STRICT.contains(function);
    }

    static Set<ScalarFunction> functions() {
        return Set.copyOf(FACTORIES.keySet());
    }

    private static void register(FunctionFactory factory, ScalarFunction... functions) {
        for (ScalarFunction function : functions) {
            FACTORIES.put(function, factory);
        }
    }

    private static void registerLogic() {
        register(
                Comparisons::comparison,
                ScalarFunction.EQUALS,
                ScalarFunction.NOT_EQUALS,
                ScalarFunction.LESS,
                ScalarFunction.LESS_OR_EQUAL,
                ScalarFunction.GREATER,
                ScalarFunction.GREATER_OR_EQUAL);
        register(Comparisons::distinctness, ScalarFunction.IS_DISTINCT_FROM, ScalarFunction.IS_NOT_DISTINCT_FROM);
        register(Comparisons::in, ScalarFunction.IN);
        register(Logic::junction, ScalarFunction.AND, ScalarFunction.OR);
        register(
                Logic::test,
                ScalarFunction.NOT,
                ScalarFunction.IS_NULL,
                ScalarFunction.IS_NOT_NULL,
                ScalarFunction.IS_TRUE,
                ScalarFunction.IS_NOT_TRUE,
                ScalarFunction.IS_FALSE,
                ScalarFunction.IS_NOT_FALSE);
        register(CaseEvaluator::of, ScalarFunction.CASE);
        register(CoalesceEvaluator::new, ScalarFunction.COALESCE);
        register(Extremes::new, ScalarFunction.GREATEST, ScalarFunction.LEAST);
        register(Casts::cast, ScalarFunction.CAST);
        register(TryCast::new, ScalarFunction.TRY_CAST);
    }

    private static void registerNumbers() {
        register(
                Arithmetic::binary,
                ScalarFunction.ADD,
                ScalarFunction.SUBTRACT,
                ScalarFunction.MULTIPLY,
                ScalarFunction.DIVIDE,
                ScalarFunction.MODULO);
        register(
                UnaryMath::rounding,
                ScalarFunction.NEGATE,
                ScalarFunction.ABS,
                ScalarFunction.SIGN,
                ScalarFunction.CEIL,
                ScalarFunction.FLOOR,
                ScalarFunction.ROUND,
                ScalarFunction.TRUNCATE);
        register(Transcendental::of, Transcendental.functions());
        register(
                Integers::bits,
                ScalarFunction.BIT_AND,
                ScalarFunction.BIT_OR,
                ScalarFunction.BIT_XOR,
                ScalarFunction.BIT_NOT,
                ScalarFunction.BIT_COUNT,
                ScalarFunction.SHIFT_LEFT);
        register(Integers::number, ScalarFunction.GCD, ScalarFunction.LCM, ScalarFunction.FACTORIAL);
        register(Integers::widthBucket, ScalarFunction.WIDTH_BUCKET);
    }

    private static void registerText() {
        register(LikeCondition::like, ScalarFunction.LIKE, ScalarFunction.ILIKE);
        register(
                TextFunctions::text,
                ScalarFunction.UPPER,
                ScalarFunction.LOWER,
                ScalarFunction.INITCAP,
                ScalarFunction.TRIM,
                ScalarFunction.LTRIM,
                ScalarFunction.RTRIM,
                ScalarFunction.SUBSTRING,
                ScalarFunction.CONCAT,
                ScalarFunction.REPLACE,
                ScalarFunction.OVERLAY,
                ScalarFunction.LEFT,
                ScalarFunction.RIGHT,
                ScalarFunction.LPAD,
                ScalarFunction.RPAD,
                ScalarFunction.REPEAT,
                ScalarFunction.REVERSE,
                ScalarFunction.CHR,
                ScalarFunction.SPLIT_PART,
                ScalarFunction.TRANSLATE);
        register(ConcatSkipNull::new, ScalarFunction.CONCAT_SKIP_NULL);
        register(ConcatWithSeparator::of, ScalarFunction.CONCAT_WS);
        register(TextFunctions::optionalText, ScalarFunction.SPLIT_ITEM);
        register(Phonetics::soundex, ScalarFunction.SOUNDEX);
        register(Phonetics::comparison, ScalarFunction.DIFFERENCE, ScalarFunction.LEVENSHTEIN);
        register(Encodings::text, Encodings.texts());
        register(Encodings::checksum, ScalarFunction.CRC32);
        register(
                TextFunctions::number,
                ScalarFunction.CHAR_LENGTH,
                ScalarFunction.OCTET_LENGTH,
                ScalarFunction.POSITION,
                ScalarFunction.SPLIT_COUNT,
                ScalarFunction.ASCII);
        register(TextFunctions::test, ScalarFunction.STARTS_WITH, ScalarFunction.ENDS_WITH, ScalarFunction.CONTAINS);
    }

    private static void registerRegularExpressions() {
        register(RegexFunctions::test, ScalarFunction.REGEXP_LIKE, ScalarFunction.SIMILAR_TO);
        register(RegexFunctions::number, ScalarFunction.REGEXP_COUNT, ScalarFunction.REGEXP_INSTR);
        register(RegexFunctions::part, ScalarFunction.REGEXP_SUBSTR);
        register(RegexReplacement::of, ScalarFunction.REGEXP_REPLACE);
    }

    private static void registerArrays() {
        register(ArrayConstructor::new, ScalarFunction.ARRAY);
        register(ArrayElement::new, ScalarFunction.ARRAY_ELEMENT);
        register(ArrayFunctions::cardinality, ScalarFunction.CARDINALITY);
        register(ArrayQuantifier::new, ScalarFunction.ARRAY_ANY, ScalarFunction.ARRAY_ALL);
    }

    private static void registerDatetimes() {
        register(DatetimeFields::difference, ScalarFunction.DATETIME_DIFFERENCE);
        register(DatetimeFields::lastDay, ScalarFunction.LAST_DAY);
        register(DatetimeFields::name, ScalarFunction.DAYNAME, ScalarFunction.MONTHNAME);
        register(
                DatetimeFields::make,
                ScalarFunction.MAKE_DATE,
                ScalarFunction.MAKE_TIME,
                ScalarFunction.MAKE_TIMESTAMP);
        register(AgeText::of, ScalarFunction.AGE);
        register(DatetimeFormats::toText, ScalarFunction.TO_CHAR);
        register(DatetimeFormats::fromText, ScalarFunction.TO_DATE, ScalarFunction.TO_TIMESTAMP);
        register(DatetimeFunctions::extract, ScalarFunction.EXTRACT);
        register(DatetimeFunctions::round, ScalarFunction.FLOOR_TO, ScalarFunction.CEIL_TO);
        register(
                (call, compiler) -> ContextEvaluator.time(call.type(), compiler.context()),
                ScalarFunction.CURRENT_TIMESTAMP);
        register(
                (call, compiler) -> ContextEvaluator.position(call.type(), compiler.context()),
                ScalarFunction.READ_POSITION);
    }
}
