package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void aPlaceGetsACaret() {
        assertThat(describe("SELECT 1,\n\t'日本', nothere", "line 2, column 8: column \"nothere\" does not exist"))
                .isEqualTo("""
                        ERROR 42703: column "nothere" does not exist
                        LINE 2:  '日本', nothere
                                         ^""");
    }

    @Test
    void aHintStandsInItsOwnLine() {
        assertThat(describe("SELECT 1", "stream \"a. B\" does not exist. SHOW STREAMS lists them. All of them"))
                .isEqualTo("ERROR 42703: stream \"a. B\" does not exist\nHINT: SHOW STREAMS lists them. All of them");
    }

    @Test
    void aPlaceOutsideOfTheTextIsNotShown() {
        assertThat(describe("SELECT 1", "line 3, column 1: unexpected end")).isEqualTo("ERROR 42703: unexpected end");
    }

    @Test
    void aPlaceBehindTheLineIsAtItsEnd() {
        assertThat(describe("SELECT", "line 1, column 99: more was expected"))
                .isEqualTo("ERROR 42703: more was expected\nLINE 1: SELECT\n              ^");
    }

    private static String describe(String sql, String message) {
        return ErrorText.of(new SQLException(message, "42703")).describe(sql);
    }
}
