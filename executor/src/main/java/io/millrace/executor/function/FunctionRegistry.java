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
            ScalarFunction.CONCAT_SKIP_NULL);

    static {
        registerLogic();
        registerNumbers();
        registerText();
        registerDatetimes();
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
        register(Extremes::of, ScalarFunction.GREATEST, ScalarFunction.LEAST);
        register(Casts::cast, ScalarFunction.CAST);
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
        register(
                UnaryMath::transcendental,
                ScalarFunction.POWER,
                ScalarFunction.SQRT,
                ScalarFunction.EXP,
                ScalarFunction.LN,
                ScalarFunction.LOG10);
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
        register(
                TextFunctions::number,
                ScalarFunction.CHAR_LENGTH,
                ScalarFunction.OCTET_LENGTH,
                ScalarFunction.POSITION,
                ScalarFunction.ASCII);
        register(TextFunctions::test, ScalarFunction.STARTS_WITH, ScalarFunction.ENDS_WITH, ScalarFunction.CONTAINS);
    }

    private static void registerDatetimes() {
        register(DatetimeFunctions::extract, ScalarFunction.EXTRACT);
        register(DatetimeFunctions::round, ScalarFunction.FLOOR_TO, ScalarFunction.CEIL_TO);
        register(
                (call, compiler) -> new ContextEvaluator(call.type(), compiler.context()),
                ScalarFunction.CURRENT_TIMESTAMP);
    }
}
