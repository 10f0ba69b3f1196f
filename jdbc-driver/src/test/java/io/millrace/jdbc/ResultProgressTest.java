package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What was given of a result that goes on")
class ResultProgressTest {
    private static final StepMark BETWEEN = new StepMark(4, StepMark.NONE, 0, 0);

    private final ResultProgress steps = new ResultProgress("S.0.7.-1.x", "");

    @Test
    @DisplayName("is counted when the result is the same whenever it is computed")
    void rowsAreCounted() throws SQLException {
        ResultProgress rows = new ResultProgress("R.0.7.-1.3.4.5.6.7", "");
        assertThat(rows.goOn()).isEqualTo("R.0.7.-1.3.4.5.6.7;0;0;-1;-1;0");
        assertThat(given(rows.take(frame(0, null, 1, 2, 3)))).containsExactly(1L, 2L, 3L);
        assertThat(rows.goOn()).isEqualTo("R.0.7.-1.3.4.5.6.7;3;3;-1;-1;0");
        assertThat(given(rows.take(frame(0, null)))).isEmpty();
        assertThat(given(rows.take(frame(0, null, 3, 4, 5)))).containsExactly(4L, 5L);
        assertThat(rows.goOn()).isEqualTo("R.0.7.-1.3.4.5.6.7;5;5;-1;-1;0");
    }

    @Test
    @DisplayName("is counted from the last place on that the server has named")
    void rowsAreCountedFromAPlace() throws SQLException {
        ResultProgress rows = new ResultProgress("R.0.a", "");
        rows.take(placed(frame(0, null, 1, 2, 3, 4), 3, "R.0.b"));
        assertThat(rows.goOn()).isEqualTo("R.0.b;4;1;-1;-1;0");
        assertThat(given(rows.take(frame(0, null, 4, 5)))).containsExactly(5L);
        assertThat(rows.goOn()).isEqualTo("R.0.b;5;2;-1;-1;0");
        assertThat(given(rows.take(placed(frame(0, null, 5, 6), -1, "R.0.b")))).containsExactly(6L);
        assertThat(rows.goOn()).isEqualTo("R.0.b;6;3;-1;-1;0");
        assertThat(given(rows.take(placed(frame(0, null, 6), 1, "R.0.c")))).isEmpty();
        assertThat(rows.goOn()).isEqualTo("R.0.c;6;0;-1;-1;0");
        assertThat(given(rows.take(frame(0, null, 6, 7)))).containsExactly(6L, 7L);
    }

    @Test
    @DisplayName("fails rather than go on with rows that are not those of before")
    void seesThatRowsAreOthers() throws SQLException {
        ResultProgress rows = new ResultProgress("R.0.a", "");
        rows.take(frame(0, null, 1, 2, 3));
        rows.goOn();
        assertThatThrownBy(() -> rows.take(frame(0, null, 4, 5))).hasMessageContaining("not those of before");
    }

    @Test
    @DisplayName("is not remembered beyond a bound, and a step that is larger cannot be gone on with in its middle")
    void remembersSoManyRows() throws SQLException {
        ResultProgress few = new ResultProgress("S.0.7.-1.x", "", 3);
        few.take(frame(0, new StepMark(4, 5, 77, 0), 1, 2, 3));
        assertThat(few.goOn()).endsWith(";3;3;4;5;77");
        few.take(frame(0, new StepMark(4, 5, 77, 0), 3, 2, 1, 4));
        assertThatThrownBy(few::goOn).hasMessageContaining("more than 3 rows of position 5");
        few.take(frame(4, new StepMark(4, 5, 77, 0), 6));
        assertThatThrownBy(few::goOn).hasMessageContaining("more than 3 rows of position 5");
        few.take(frame(5, new StepMark(5, 6, 77, 6), 7, 8));
        assertThat(few.goOn()).isEqualTo("S.0.7.-1.x;7;1;5;6;77");
    }

    private static ColumnFrame placed(ColumnFrame frame, long first, String token) {
        return new ColumnFrame(
                frame.offset(),
                frame.done(),
                frame.rows(),
                frame.body(),
                frame.columns(),
                null,
                null,
                new ResumePlace(first, token));
    }

    @Test
    @DisplayName("begins anew while it is not known where it began")
    void beginsAnew() throws SQLException {
        assertThat(steps.goOn()).isEqualTo("S.0.7.-1.x;0;0;-1;-1;0");
        steps.take(frame(0, BETWEEN));
        assertThat(steps.goOn()).isEqualTo("S.0.7.-1.x;0;0;4;-1;0");
    }

    @Test
    @DisplayName("goes on after a position that was given in full")
    void goesOnBetweenSteps() throws SQLException {
        steps.take(frame(0, new StepMark(9, StepMark.NONE, 0, 2), 1, 2));
        assertThat(steps.goOn()).isEqualTo("S.0.7.-1.x;2;0;9;-1;0");
        assertThat(given(steps.take(frame(0, new StepMark(10, StepMark.NONE, 0, 2), 1, 2))))
                .containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("leaves out what was given of the position that was cut off, each row as often as it was given")
    void dropsWhatComesAgain() throws SQLException {
        steps.take(frame(0, new StepMark(4, 5, 77, 2), 8, 9, 1, 2));
        steps.take(frame(4, new StepMark(4, 5, 77, 2), 2, 3));
        assertThat(steps.goOn()).isEqualTo("S.0.7.-1.x;6;4;4;5;77");
        assertThat(given(steps.take(frame(0, new StepMark(4, StepMark.NONE, 0, 0)))))
                .isEmpty();
        assertThat(given(steps.take(frame(0, new StepMark(4, 5, 77, 0), 3, 4, 2))))
                .containsExactly(4L);
        // cut off once more, before all that was given has come again
        assertThat(steps.goOn()).isEqualTo("S.0.7.-1.x;7;5;4;5;77");
        assertThat(given(steps.take(frame(0, new StepMark(6, StepMark.NONE, 0, 9), 2, 2, 2, 1, 4, 3, 5, 1, 2))))
                .containsExactly(2L, 5L, 1L, 2L);
        assertThat(steps.goOn()).isEqualTo("S.0.7.-1.x;11;0;6;-1;0");
    }

    @Test
    @DisplayName("fails rather than give something wrong when a row that was given does not come again")
    void missesWhatWasGiven() throws SQLException {
        steps.take(frame(0, new StepMark(4, 5, 77, 0), 1, 2));
        steps.goOn();
        assertThatThrownBy(() -> steps.take(frame(0, new StepMark(5, StepMark.NONE, 0, 2), 1, 3)))
                .hasMessageContaining("1 rows of position 5");
    }

    @Test
    @DisplayName("ends with the limit of the statement, however many rows come again")
    void endsWithTheLimit() throws SQLException {
        ResultProgress limited = new ResultProgress("S.5.7.-1.x", "");
        limited.take(frame(0, new StepMark(4, 5, 77, 0), 1, 2, 3));
        limited.goOn();
        assertThat(given(limited.take(frame(0, new StepMark(4, 5, 77, 0), 9, 1, 8, 7, 6))))
                .containsExactly(9L, 8L);
        assertThat(limited.isComplete()).isTrue();
    }

    private static List<Long> given(ColumnFrame frame) {
        int[] kept = frame.kept();
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < frame.given(); i++) {
            values.add(ByteBuffer.wrap(frame.body()).getLong(8 * (kept == null ? i : kept[i])));
        }
        return values;
    }

    private static ColumnFrame frame(long offset, StepMark mark, long... values) {
        ByteBuffer body = ByteBuffer.allocate(8 * values.length);
        for (long value : values) {
            body.putLong(value);
        }
        ColumnSlice column = new ColumnSlice(ColumnSlice.LONG, ColumnSlice.NO_NULLS, 0, 0);
        return new ColumnFrame(
                offset, false, values.length, body.array(), new ColumnSlice[] {column}, null, mark, null);
    }
}
