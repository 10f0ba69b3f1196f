package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultHashTest {
    /** What {@code printf '1\n2\n3\n' | md5sum} prints. */
    private static final String ONE_TO_THREE = "3 values hashing to c0710d6b4f15dfa88f600b0e6b624077";

    @Test
    void itIsTheMd5OfTheValuesWithALineFeedAfterEach() {
        assertThat(ResultHash.of(List.of("1", "2", "3"))).hasToString(ONE_TO_THREE);
    }

    @Test
    void whatItPrintsIsReadBack() {
        assertThat(ResultHash.parse(List.of(ONE_TO_THREE))).isEqualTo(ResultHash.of(List.of("1", "2", "3")));
    }

    @Test
    void valuesAreNoHash() {
        assertThat(ResultHash.parse(List.of("3 values hashing to nothing"))).isNull();
        assertThat(ResultHash.parse(List.of(ONE_TO_THREE, "4"))).isNull();
        assertThat(ResultHash.parse(List.of())).isNull();
    }
}
