package io.millrace.executor.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StepCutsTest {
    private static final int ROWS = 100;

    private long sequence;
    private final StepCuts marks = new StepCuts(() -> new Cut(sequence, Map.of(), Map.of()), ROWS);

    private void publish(long rows) {
        sequence++;
        marks.published(rows);
    }

    private long next(long after) {
        Cut cut = marks.next(after, 1);
        return cut == null ? -1 : cut.sequence();
    }

    @Test
    void aMarkComesWhenSoManyRowsHaveCome() {
        publish(60);
        assertThat(marks.count()).isZero();
        publish(60);
        publish(99);
        publish(1);
        publish(50);
        assertThat(next(0)).isEqualTo(2);
        assertThat(next(2)).isEqualTo(4);
        assertThat(next(4)).isEqualTo(-1);
    }

    @Test
    void whatHasBeenTakenIsPassed() {
        for (int i = 0; i < 5; i++) {
            publish(ROWS);
        }
        assertThat(next(3)).isEqualTo(4);
    }

    @Test
    void severalMarksAreTakenAtOnceIfThereAreSoMany() {
        for (int i = 0; i < 5; i++) {
            publish(ROWS);
        }
        assertThat(marks.next(1, 3)).extracting(Cut::sequence).isEqualTo(4L);
        assertThat(marks.next(4, 2)).isNull();
        assertThat(marks.all().sequence()).isEqualTo(5);
    }

    @Test
    void aStepTakesNoMoreRowsThanItIsToTakeIfItCan() {
        publish(ROWS);
        publish(3 * ROWS);
        publish(ROWS);
        publish(ROWS / 2);
        publish(ROWS);
        publish(5 * ROWS);
        assertThat(marks.next(0, 3)).extracting(Cut::sequence).isEqualTo(1L);
        assertThat(marks.next(1, 2)).extracting(Cut::sequence).isEqualTo(2L);
        assertThat(marks.next(2, 3)).extracting(Cut::sequence).isEqualTo(5L);
        assertThat(marks.next(5, 6)).isNull();
    }

    @Test
    void afterALookAtAllRowsAreCountedAnew() {
        publish(ROWS);
        publish(99);
        assertThat(marks.all().sequence()).isEqualTo(2);
        assertThat(marks.count()).isZero();
        publish(99);
        assertThat(marks.count()).isZero();
        publish(1);
        assertThat(next(2)).isEqualTo(4);
    }

    @Test
    void whoIsFarBehindTakesLongerSteps() {
        for (int i = 0; i <= StepCuts.MOST; i++) {
            publish(ROWS);
        }
        assertThat(marks.count()).isEqualTo(StepCuts.MOST / 2 + 1);
        assertThat(next(0)).isEqualTo(2);
        assertThat(next(2)).isEqualTo(4);
        assertThat(marks.next(4, 6)).extracting(Cut::sequence).isEqualTo(10L);
        long last = 10;
        for (long mark = next(last); mark >= 0; mark = next(last)) {
            last = mark;
        }
        assertThat(last).isEqualTo(sequence);
    }

    @Test
    void howeverMuchWaitsStepsAreAlike() {
        for (int i = 0; i < 40_000; i++) {
            publish(ROWS);
        }
        assertThat(marks.count()).isLessThanOrEqualTo(StepCuts.MOST);
        long last = 0;
        for (long mark = next(last); mark >= 0; mark = next(last)) {
            assertThat(mark - last).isLessThanOrEqualTo(16);
            last = mark;
        }
        assertThat(last).isEqualTo(sequence);
    }
}
