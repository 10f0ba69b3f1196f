package io.millrace.executor.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepMarksTest {
    private final StepMarks marks = new StepMarks();

    @Test
    void nothing_has_been_given_before_the_first_row() {
        marks.begin(7, 70, 0);
        assertThat(marks.at(0)).isEqualTo(new StepMark(StepMark.NONE, StepMark.NONE, 0, 0));
        assertThat(marks.at(1)).isEqualTo(new StepMark(StepMark.NONE, 7, 70, 0));
    }

    @Test
    void a_step_has_been_given_when_its_last_row_has() {
        marks.beginAfter(3);
        marks.begin(4, 40, 0);
        marks.begin(4, 40, 10); // another batch of it
        marks.end(4, 40, 15);
        marks.begin(6, 60, 15);
        assertThat(marks.at(14)).isEqualTo(new StepMark(3, 4, 40, 0));
        assertThat(marks.at(15)).isEqualTo(new StepMark(4, StepMark.NONE, 0, 15));
        assertThat(marks.at(16)).isEqualTo(new StepMark(4, 6, 60, 15));
        marks.end(6, 60, 16);
        assertThat(marks.at(16)).isEqualTo(new StepMark(6, StepMark.NONE, 0, 16));
    }

    @Test
    void a_step_may_have_no_rows() {
        marks.end(5, 50, 0);
        assertThat(marks.at(0)).isEqualTo(new StepMark(5, StepMark.NONE, 0, 0));
    }

    @Test
    void a_result_may_end_in_the_middle_of_a_row_that_tells_of_progress() {
        marks.beginAfter(9);
        marks.end(9, 90, 1);
        assertThat(marks.at(1).after()).isEqualTo(9);
    }
}
