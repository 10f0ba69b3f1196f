package io.millrace.executor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryCountersTest {
    private long now = 1_000;

    private final QueryCounters counters = new QueryCounters(() -> now);
    private final OperatorCounter result = counters.operator("Result", null);
    private final OperatorCounter probe = counters.operator("Join probe", result);
    private final OperatorCounter build = counters.operator("Join build", result);

    @Test
    void anOperatorIsNotChargedTheTimeOfTheOneItCalls() {
        OperatorCounter nobody = counters.timer().enter(probe);
        now += 10;
        OperatorCounter caller = counters.timer().enter(result);
        now += 500;
        counters.timer().leave(caller);
        now += 3;
        counters.timer().leave(nobody);
        now += 10_000;
        assertThat(counters.read(0).operators())
                .extracting(OperatorMetrics::operator, OperatorMetrics::busyNanos)
                .containsExactly(tuple("Join build", 0), tuple("Join probe", 13), tuple("Result", 500));
    }

    @Test
    void whatAnOperatorGivesIsWhatTheNextOneTakes() {
        build.count(5);
        probe.count(7);
        result.count(2);
        result.count(1);
        List<OperatorMetrics> operators = counters.read(1).operators();
        assertThat(operators).extracting(OperatorMetrics::rowsIn).containsExactly(5L, 7L, 3L);
        assertThat(operators).extracting(OperatorMetrics::rowsOut).containsExactly(3L, 3L, 1L);
        assertThat(operators).extracting(OperatorMetrics::batchesIn).containsExactly(1L, 1L, 2L);
    }

    @Test
    void anOperatorHoldsWhatThoseAfterItDoNot() {
        probe.beginMeasure();
        result.beginMeasure();
        result.endMeasure(100);
        probe.endMeasure(130);
        build.beginMeasure();
        build.endMeasure(1_000); // does not ask those after it
        assertThat(counters.read(0).operators())
                .extracting(OperatorMetrics::stateBytes)
                .containsExactly(1_000L, 30L, 100L);
    }

    @Test
    void totalsKeepWhatEndedQueriesHaveDoneButNotWhatTheyHeld() {
        probe.count(7);
        probe.endMeasure(30);
        OperatorTotals totals = new OperatorTotals();
        totals.add(counters.read(0));
        probe.count(2);
        OperatorMetrics all = totals.with(List.of(counters.read(0))).stream()
                .filter(operator -> operator.operator().equals("Join probe"))
                .findFirst()
                .orElseThrow();
        assertThat(all.rowsIn()).isEqualTo(16);
        assertThat(all.stateBytes()).isEqualTo(30);
    }

    private static org.assertj.core.groups.Tuple tuple(String operator, long nanos) {
        return org.assertj.core.groups.Tuple.tuple(operator, nanos);
    }
}
