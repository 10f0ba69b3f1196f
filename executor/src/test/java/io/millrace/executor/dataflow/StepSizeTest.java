package io.millrace.executor.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class StepSizeTest {
    /** Of a step that is almost too long the twelfth part. */
    private static final long UNIT = StepSize.LONG_NANOS / 12;

    /** How many parts steps take in the end, of so many, when a step of some takes so long. */
    private static int after(int steps, LongUnaryOperator nanosOfParts) {
        StepSize size = new StepSize(8);
        for (int i = 0; i < steps; i++) {
            size.taken(nanosOfParts.applyAsLong(size.parts()));
        }
        return size.parts();
    }

    @Test
    void stepsTakeAllPartsWhenTheyAreShort() {
        assertThat(after(100, parts -> parts * UNIT)).isEqualTo(8);
    }

    @Test
    void theyTakeAsManyAsTheirTimeAllows() {
        assertThat(after(100, parts -> 3 * parts * UNIT)).isEqualTo(4);
        assertThat(after(100, parts -> 20 * parts * UNIT)).isEqualTo(1);
    }

    @Test
    void theyTakeAllAgainWhenTheyHaveBecomeShort() {
        StepSize size = new StepSize(8);
        for (int i = 0; i < 10; i++) {
            size.taken(20 * size.parts() * UNIT);
        }
        assertThat(size.parts()).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            size.taken(UNIT / 10 * size.parts());
        }
        assertThat(size.parts()).isEqualTo(8);
    }

    @Test
    void theyAreNotDividedInVain() {
        assertThat(after(2, parts -> 30 * UNIT + parts * UNIT / 10)).isEqualTo(8);
        assertThat(after(200, parts -> 30 * UNIT + parts * UNIT / 10)).isEqualTo(8);
        assertThat(after(100, parts -> 5 * UNIT + parts * UNIT / 2)).isEqualTo(8);
    }
}
