package io.millrace.executor.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.StreamScan;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferEstimateTest {
    private static final long COLUMN = 4096 * 8;
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final RowType ROW = new RowType(List.of(new Field("n", BIGINT)));
    private static final PlanNode SCAN = new StreamScan(1, "s", List.of(0), ROW);

    @Test
    void aColumnThatIsPassedOnTakesNothing() {
        assertThat(BufferEstimate.bytes(new FilterProject(SCAN, null, List.of(new ColumnReference(0, BIGINT)), ROW)))
                .isZero();
    }

    @Test
    void eachCallTakesAColumn() {
        Expression n = new ColumnReference(0, BIGINT);
        Expression nested = Call.of(ScalarFunction.ABS, BIGINT, Call.of(ScalarFunction.ABS, BIGINT, n));
        assertThat(BufferEstimate.bytes(new FilterProject(SCAN, null, List.of(nested), ROW)))
                .isEqualTo(2 * COLUMN);
    }

    @Test
    void eachKeyTakesAColumn() {
        List<Integer> keys = Collections.nCopies(3_000, 0);
        AggregateCall count = new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT);
        assertThat(BufferEstimate.bytes(new HashAggregate(SCAN, keys, List.of(count), ROW)))
                .isEqualTo(3_000 * COLUMN);
    }
}
