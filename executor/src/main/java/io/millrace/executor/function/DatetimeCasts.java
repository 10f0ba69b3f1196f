package io.millrace.executor.function;

import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;

/** Casts to DATE, TIME and the timestamps, between which UTC lies. */
final class DatetimeCasts {
    private DatetimeCasts() {}

    static Evaluator toDatetime(Operand source, DataType target) {
        DataType from = source.type;
        if (from.isCharacter()) {
            DatetimeParser parser = new DatetimeParser(target);
            return new LongFunction(target, (x, row) -> parser.parse(x[0], row), source);
        }
        if (target.kind() == Kind.TIME && (from.kind() == Kind.TIME || from.isTimestamp())) {
            return new LongFunction(
                    target,
                    (x, row) -> TimeUnits.truncate(Math.floorMod(x[0].longAt(row), TimeUnits.DAY), target.precision()),
                    source);
        }
        if (from.kind() == Kind.DATE && target.kind() == Kind.DATE) {
            return new Retyped(source.evaluator, target);
        }
        if (target.kind() == Kind.DATE && from.isTimestamp()) {
            return new LongFunction(target, (x, row) -> Math.floorDiv(x[0].longAt(row), TimeUnits.DAY), source);
        }
        if (target.isTimestamp() && from.isTimestamp()) {
            return target.precision() >= from.precision()
                    ? new Retyped(source.evaluator, target)
                    : new LongFunction(
                            target, (x, row) -> TimeUnits.truncate(x[0].longAt(row), target.precision()), source);
        }
        if (target.isTimestamp() && from.kind() == Kind.DATE) {
            return new LongFunction(
                    target,
                    (x, row) -> {
                        try {
                            return Math.multiplyExact(x[0].longAt(row), TimeUnits.DAY);
                        } catch (ArithmeticException overflow) {
                            throw EvaluationErrors.datetimeOutOfRange(target);
                        }
                    },
                    source);
        }
        throw Casts.unsupported(from, target);
    }
}
