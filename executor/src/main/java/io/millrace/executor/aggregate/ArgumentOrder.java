package io.millrace.executor.aggregate;

import io.millrace.executor.state.KeyComparison;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.Objects;

/**
 * How ARG_MIN and ARG_MAX order rows: by what is compared, then by the value, so that of equal ones ARG_MIN has the
 * least value and ARG_MAX the greatest, and NULL only if there is no other.
 *
 * @param columns of the batch: what is compared, and the value
 * @param types of them
 */
record ArgumentOrder(boolean isMax, List<Integer> columns, List<DataType> types) {
    static final int COMPARED = 0;
    static final int VALUE = 1;

    static ArgumentOrder of(AggregateCall call, List<DataType> inputTypes) {
        int value = Objects.requireNonNull(call.argument());
        int compared = Objects.requireNonNull(call.second());
        return new ArgumentOrder(
                call.function() == AggregateFunction.ARG_MAX,
                List.of(compared, value),
                List.of(inputTypes.get(compared), inputTypes.get(value)));
    }

    List<KeyComparison.Direction> directions() {
        return List.of(new KeyComparison.Direction(false, false), new KeyComparison.Direction(false, isMax));
    }
}
