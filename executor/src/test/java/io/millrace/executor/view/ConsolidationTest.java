package io.millrace.executor.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsolidationTest {
    private static final List<DataType> TYPES =
            List.of(DataType.of(DataType.Kind.BIGINT), DataType.of(DataType.Kind.DOUBLE));

    private final DeltaBuilder gross = new DeltaBuilder(TYPES);

    private void change(@Nullable Long key, @Nullable Double value, long weight) {
        ColumnBuilder keys = ColumnBuilder.of(TYPES.get(0));
        keys.appendValue(key);
        ColumnBuilder values = ColumnBuilder.of(TYPES.get(1));
        values.appendValue(value);
        List<Column> columns = List.of(keys.build(), values.build());
        gross.append(columns, 0, weight);
    }

    private List<String> net(@Nullable List<Integer> key) {
        List<String> net = new ArrayList<>();
        for (ColumnBatch batch : new Consolidation(TYPES, key).of(gross.build()).batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                long[] weights = batch.weights();
                net.add((weights == null ? 1 : weights[row]) + "*"
                        + (batch.column(0).isNull(row) ? "null" : ((LongColumn) batch.column(0)).get(row)) + ":"
                        + (batch.column(1).isNull(row) ? "null" : ((DoubleColumn) batch.column(1)).values()[row]));
            }
        }
        return net;
    }

    @Test
    void changesThatCancelOutAreGoneAndTheOthersAddedUp() {
        change(1L, 0.5, 1);
        change(2L, 0.5, 1);
        change(1L, 0.5, -1);
        change(2L, 0.5, 2);
        change(null, null, -1);
        change(null, null, -1);
        assertThat(net(null)).containsExactlyInAnyOrder("3*2:0.5", "-2*null:null");
    }

    @Test
    void rowsAreEqualWhoseBitsAre() {
        change(1L, 0.0, 1);
        change(1L, -0.0, -1);
        change(1L, Double.NaN, 1);
        change(1L, -Double.NaN, -1);
        assertThat(net(null)).containsExactlyInAnyOrder("1*1:0.0", "-1*1:-0.0");
    }

    @Test
    void whatGoesStandsRightBeforeWhatComesInItsPlaceAndInTheSameBatch() {
        change(-1L, 0.0, 1);
        for (long key = 0; key < 10_000; key++) {
            change(key, 1.0, 1);
        }
        for (long key = 9_999; key >= 0; key--) {
            change(key, 0.0, -1);
        }
        Delta net = new Consolidation(TYPES, List.of(0)).of(gross.build());
        assertThat(net.rows()).isEqualTo(20_001);
        for (ColumnBatch batch : net.batches()) {
            LongColumn keys = (LongColumn) batch.column(0);
            long[] weights = batch.weights();
            for (int row = 0; row < batch.rowCount(); row++) {
                if (keys.get(row) >= 0 && weights[row] < 0) {
                    assertThat(keys.get(row + 1)).isEqualTo(keys.get(row));
                    assertThat(weights[row + 1]).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void withoutChangesThereIsNothing() {
        assertThat(net(null)).isEmpty();
        change(1L, 1.0, 1);
        change(1L, 1.0, -1);
        assertThat(net(List.of(0))).isEmpty();
    }
}
