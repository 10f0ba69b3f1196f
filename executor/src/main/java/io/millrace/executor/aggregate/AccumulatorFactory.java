package io.millrace.executor.aggregate;

import io.millrace.error.MillraceException;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.Objects;

/** The accumulator for a call: by its function, the type of its argument, and whether values may be taken away. */
final class AccumulatorFactory {
    private final List<DataType> inputTypes;
    private final StringInterner interner;
    private final boolean changing;

    AccumulatorFactory(List<DataType> inputTypes, StringInterner interner, boolean changing) {
        this.inputTypes = inputTypes;
        this.interner = interner;
        this.changing = changing;
    }

    /**
     * @param offset where its words begin in a record
     * @param slot for what it holds beside the records
     */
    Accumulator accumulator(AggregateCall call, int offset, int slot) {
        if (call.function() == AggregateFunction.COUNT) {
            return new CountAccumulator(offset);
        }
        Integer argument = call.argument();
        if (argument == null) {
            throw MillraceException.internal(call.function() + " without an argument");
        }
        DataType type = inputTypes.get(argument);
        return switch (call.function()) {
            case SUM, AVG -> sum(call, type, offset, slot);
            case VAR_POP, VAR_SAMP, STDDEV_POP, STDDEV_SAMP -> variance(call, type, offset, slot);
            case BIT_AND, BIT_OR -> bits(call.function() == AggregateFunction.BIT_AND, offset);
            case LISTAGG -> new ListAccumulator(offset, slot, call, inputTypes, interner);
            case ARRAY_AGG -> new ArrayAccumulator(offset, slot, call, inputTypes, interner);
            case ARG_MIN, ARG_MAX -> {
                ArgumentOrder order = ArgumentOrder.of(call, inputTypes);
                yield changing
                        ? new OrderedArgumentAccumulator(offset, slot, order, interner)
                        : new ArgumentAccumulator(offset, order, interner);
            }
            case APPROX_COUNT_DISTINCT -> new DistinctSketchAccumulator(offset, slot);
            case APPROX_PERCENTILE -> new PercentileAccumulator(offset, slot, Objects.requireNonNull(call.second()));
            case BIT_XOR -> new BitXorAccumulator(offset);
            case SINGLE_VALUE -> {
                Accumulator value = extremum(false, type, offset + 1, slot);
                yield changing
                        ? new OrderedSingleValueAccumulator(offset, value)
                        : new SingleValueAccumulator(offset, value);
            }
            default -> extremum(call.function() == AggregateFunction.MAX, type, offset, slot);
        };
    }

    private static Accumulator sum(AggregateCall call, DataType input, int offset, int slot) {
        boolean isAverage = call.function() == AggregateFunction.AVG;
        if (input.isApproximate()) {
            return new DoubleSumAccumulator(offset, slot, isAverage);
        }
        if (input.kind() == DataType.Kind.DECIMAL) {
            ExactResult result = isAverage
                    ? new ExactResult.DecimalAverage(input.scale(), call.type())
                    : new ExactResult.DecimalSum(call.type());
            return new ExactSumAccumulator(offset, isWide(input), result);
        }
        if (input.isInteger() || input.kind() == DataType.Kind.NULL) {
            return new ExactSumAccumulator(
                    offset, false, isAverage ? new ExactResult.DoubleAverage() : new ExactResult.BigintSum());
        }
        throw MillraceException.notSupported(call.function() + " of " + input, null);
    }

    private static Accumulator variance(AggregateCall call, DataType input, int offset, int slot) {
        VarianceResult result = new VarianceResult(call.function(), call.type());
        return input.isApproximate()
                ? new DoubleVarianceAccumulator(offset, slot, result)
                : new VarianceAccumulator(offset, isWide(input), input.scale(), result);
    }

    private Accumulator bits(boolean isAnd, int offset) {
        return changing ? new BitCountsAccumulator(offset, isAnd) : new BitAccumulator(offset, isAnd);
    }

    private Accumulator extremum(boolean isMax, DataType input, int offset, int slot) {
        if (changing) {
            return new OrderedExtremumAccumulator(offset, slot, isMax, input, interner);
        }
        return input.storage() == DataType.Storage.BYTES
                ? new StringExtremumAccumulator(offset, isMax, interner)
                : new ExtremumAccumulator(offset, isMax, input.storage());
    }

    private static boolean isWide(DataType type) {
        return type.storage() == DataType.Storage.DECIMAL128;
    }
}
