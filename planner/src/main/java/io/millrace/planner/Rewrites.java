package io.millrace.planner;

import static java.util.Map.entry;

import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that are others in disguise. */
final class Rewrites {
    /** Makes a call of a function from its arguments and the type that the validator gave it. */
    private interface Rewrite {
        @Nullable
        Expression apply(List<Expression> arguments, DataType type);
    }

    private static final long MICROSECOND = 1;
    private static final long MILLISECOND = 1_000;
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;

    private static final Map<String, Rewrite> BY_NAME = Map.ofEntries(
            entry("PI", (arguments, type) -> new Constant(Math.PI, type.notNull())),
            entry(
                    "TYPEOF",
                    (arguments, type) ->
                            ExpressionTranslator.text(arguments.get(0).type().toString())),
            entry("STRPOS", Rewrites::position),
            entry("INSTR", Rewrites::position),
            entry(
                    "SPACE",
                    (arguments, type) ->
                            Call.of(ScalarFunction.REPEAT, type, ExpressionTranslator.text(" "), arguments.get(0))),
            entry("BIT_LENGTH", Rewrites::bitLength),
            entry("NVL2", Rewrites::nvl2),
            entry("IIF", Conditionals::caseOf),
            entry("DECODE", Rewrites::decode),
            entry("UNIX_SECONDS", (arguments, type) -> extract("EPOCH", arguments, type)),
            entry("UNIX_MILLIS", (arguments, type) -> extract("EPOCH_MILLISECOND", arguments, type)),
            entry("UNIX_MICROS", (arguments, type) -> extract("EPOCH_MICROSECOND", arguments, type)),
            entry("UNIX_DATE", Rewrites::unixDate),
            entry("TIMESTAMP_SECONDS", (arguments, type) -> sinceEpoch(SECOND, arguments, type)),
            entry("TIMESTAMP_MILLIS", (arguments, type) -> sinceEpoch(MILLISECOND, arguments, type)),
            entry("TIMESTAMP_MICROS", (arguments, type) -> sinceEpoch(MICROSECOND, arguments, type)),
            entry("AGE", Rewrites::age),
            entry("DATE", Rewrites::converted),
            entry("TIME", Rewrites::converted),
            entry("TIMESTAMP", Rewrites::converted),
            entry("DATETIME", Rewrites::converted),
            entry("DATE_FROM_UNIX_DATE", (arguments, type) -> sinceEpoch(DAY, arguments, type)));

    private Rewrites() {}

    /** Null when the function is none of these. */
    static @Nullable Expression rewrite(String name, List<Expression> arguments, DataType type) {
        Rewrite rewrite = BY_NAME.get(name);
        return rewrite == null ? null : rewrite.apply(arguments, type);
    }

    /** (text, needle [, from]). */
    private static Expression position(List<Expression> arguments, DataType type) {
        List<Expression> swapped = new ArrayList<>(arguments);
        swapped.set(0, arguments.get(1));
        swapped.set(1, arguments.get(0));
        return new Call(ScalarFunction.POSITION, swapped, type);
    }

    private static Expression bitLength(List<Expression> arguments, DataType type) {
        Expression bytes = Call.of(ScalarFunction.OCTET_LENGTH, type, arguments.get(0));
        return Call.of(ScalarFunction.MULTIPLY, type, bytes, new Constant(8L, type.notNull()));
    }

    private static Expression nvl2(List<Expression> arguments, DataType type) {
        Expression present =
                Call.of(ScalarFunction.IS_NOT_NULL, DataType.of(Kind.BOOLEAN).notNull(), arguments.get(0));
        return Conditionals.caseOf(List.of(present, arguments.get(1), arguments.get(2)), type);
    }

    /** NULL equals NULL here. */
    private static Expression decode(List<Expression> arguments, DataType type) {
        List<Expression> cases = new ArrayList<>();
        DataType truth = DataType.of(Kind.BOOLEAN).notNull();
        int i = 1;
        for (; i + 1 < arguments.size(); i += 2) {
            cases.add(Comparisons.compare(
                    ScalarFunction.IS_NOT_DISTINCT_FROM, arguments.get(0), arguments.get(i), truth));
            cases.add(arguments.get(i + 1));
        }
        cases.add(i < arguments.size() ? arguments.get(i) : new Constant(null, type.withNullable(true)));
        return Conditionals.caseOf(cases, type);
    }

    private static Expression extract(String unit, List<Expression> arguments, DataType type) {
        return Call.of(ScalarFunction.EXTRACT, type, ExpressionTranslator.text(unit), arguments.get(0));
    }

    private static Expression unixDate(List<Expression> arguments, DataType type) {
        Constant epoch = new Constant(0L, DataType.of(Kind.DATE).notNull());
        return Call.of(
                ScalarFunction.DATETIME_DIFFERENCE, type, ExpressionTranslator.text("DAY"), epoch, arguments.get(0));
    }

    /** The epoch and so many units. */
    private static Expression sinceEpoch(long unit, List<Expression> arguments, DataType type) {
        DataType interval = DataType.of(Kind.INTERVAL_DAY_TIME);
        Expression count = Coercions.cast(arguments.get(0), DataType.of(Kind.BIGINT));
        Expression since = Call.of(
                ScalarFunction.MULTIPLY,
                interval.withNullable(type.nullable()),
                new Constant(unit, interval.notNull()),
                count);
        return Call.of(ScalarFunction.ADD, type, new Constant(0L, type.notNull()), since);
    }

    /** Of one argument, up to the start of the day. */
    private static Expression age(List<Expression> arguments, DataType type) {
        DataType timestamp = DataType.timestamp(DataType.MAX_TIME_PRECISION);
        Expression today = Coercions.explicitCast(CallTranslator.now(), DataType.of(Kind.DATE));
        Expression later = arguments.size() == 1 ? today : arguments.get(0);
        Expression earlier = arguments.get(arguments.size() - 1);
        return Call.of(
                ScalarFunction.AGE,
                type,
                Coercions.explicitCast(later, timestamp),
                Coercions.explicitCast(earlier, timestamp));
    }

    /** A function named as a type converts one argument to it. */
    private static @Nullable Expression converted(List<Expression> arguments, DataType type) {
        return arguments.size() == 1 ? Coercions.explicitCast(arguments.get(0), type) : null;
    }

    /** The functions that we know and shall not have. */
    static void refuse(String name, @Nullable SourcePosition position) {
        switch (name) {
            case "RAND", "RANDOM", "RAND_INTEGER", "UUID", "GENERATE_UUID" ->
                throw MillraceException.notSupported("function \"" + name.toLowerCase(Locale.ROOT) + "\"", position)
                        .withHint("The same log must always give the same result, which a random value would not.");
            case "SPLIT", "STRING_TO_ARRAY" ->
                throw MillraceException.notSupported("an ARRAY as the result of " + name, position)
                        .withHint("Take one part, as in SPLIT(text, ',')[1], or CARDINALITY(SPLIT(text, ',')).");
            default -> {}
        }
    }
}
