package io.millrace.executor.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.RowType;
import io.millrace.plan.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumePointTest {
    @Test
    void a_token_is_read_as_it_was_written() {
        ResumeToken rows = new ResumeToken(
                ResumeToken.Kind.R, 5, "a-b", "1-2", ResumeToken.NONE, new ContinuousStart(1, 2, Long.MIN_VALUE, 4, 5));
        ResumeToken steps = new ResumeToken(ResumeToken.Kind.S, 0, "a-b", "3", 8, null);
        assertThat(ResumePoint.parse(rows + ";9;9;-1;-1;0").token()).isEqualTo(rows);
        assertThat(ResumePoint.parse(steps + ";9;2;4;5;77")).isEqualTo(new ResumePoint(steps, 9, 2, 4, 5, 77));
    }

    @Test
    void the_rest_of_a_limited_result_counts_what_comes_again() {
        assertThat(ResumePoint.parse("S.10.a.3.-1.x;9;2;4;5;77").rest(10)).isEqualTo(3);
        assertThat(ResumePoint.parse("S.0.a.3.-1.x;9;2;4;5;77").rest(0)).isZero();
        assertThat(ResumePoint.parse("R.10.a.3.-1.0.0.0.0.0;9;9;-1;-1;0").rest(10))
                .isEqualTo(10);
        assertThat(ResumePoint.parse("R.10.a.3.-1.0.0.0.0.0;9;2;-1;-1;0").rest(10))
                .isEqualTo(3);
        assertThat(ResumePoint.parse("R.10.a.3.-1.0.0.0.0.0;9;2;-1;-1;0").skipped())
                .isEqualTo(1);
    }

    @Test
    void a_reader_that_has_nothing_begins_where_its_result_began() {
        Values nothing = new Values(List.of(), new RowType(List.of()));
        String begun = new ResumeToken(ResumeToken.Kind.S, 0, "a", "", 8, null) + ";0;0;-1;-1;0";
        String anew = new ResumeToken(ResumeToken.Kind.S, 0, "a", "", -1, null) + ";0;0;-1;-1;0";
        ResumePoint from = ResumePoint.parse(begun).checked(ResumeToken.Kind.S, "a", nothing);
        assertThat(from).isNotNull();
        assertThat(from.after()).isEqualTo(8);
        assertThat(ResumePoint.parse(anew).checked(ResumeToken.Kind.S, "a", nothing))
                .isNull();
        assertThatThrownBy(() -> ResumePoint.parse(begun).checked(ResumeToken.Kind.S, "b", nothing))
                .hasMessageContaining("another data directory");
        assertThatThrownBy(() -> ResumePoint.parse(begun).checked(ResumeToken.Kind.R, "a", nothing))
                .hasMessageContaining("malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S.0.a.3.-1.x",
                "S.0.a.3.-1.x;9;2;4;5",
                "S.0.a.3.-1.x;9;10;4;5;7",
                "S.0.a.3.-1.x;-9;0;4;5;7",
                "S.0.a.3.-1.x;9;2;4;3;7",
                "S.0.a.3.-1.x;9;2;-1;-1;7",
                "S.0.a.3.-1.x;9;0;-1;-1;7",
                "S.0.a.3.-1.x;9;0;-2;4;7",
                "R.0.a.3.-1.-1.0.0.0.0;0;0;-1;-1;0",
                "Q.0.a.3.-1.x;9;2;4;5;7",
                "S.0.a.3.-1.1.2;9;2;4;5;7",
                "S.z.a.3.-1.x;9;2;4;5;7"
            })
    void what_is_malformed_is_refused(String text) {
        assertThatThrownBy(() -> ResumePoint.parse(text))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PROTOCOL_VIOLATION));
    }
}
