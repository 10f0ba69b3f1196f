package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainValueTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "I, I, -9223372036854775808, -9223372036854775808",
                "I, R, 2.9, 2",
                "I, R, -2.9, -2",
                "I, R, 1.0E3, 1000",
                "I, B, true, 1",
                "I, B, false, 0",
                "I, T, 12 apples, 12",
                "I, T, apples, 0",
                "I, R, NaN, NaN",
                "R, I, 7, 7.000",
                "R, R, 0.0625, 0.063",
                "R, R, -0.0004, -0.000",
                "R, R, 0.0, 0.000",
                "R, R, 1.5E-7, 0.000",
                "R, R, 12345678901234567890.12345, 12345678901234567890.123",
                "R, R, -Infinity, -Infinity",
                "T, I, 7, 7",
                "T, T, plain, plain",
                "T, T, \"\", (empty)",
                "D, D, 2026-01-01, 2026-01-01",
                "?, T, \"\", (empty)",
            })
    void aValueIsWrittenByTheLetterOfTheQuery(char letter, char type, String value, String expected) {
        assertThat(PlainValue.of(value, type, letter)).isEqualTo(expected);
    }

    @Test
    void eachByteThatCannotBePrintedIsReplaced() {
        assertThat(PlainValue.of("a\tb\u007Fé日", 'T', 'T')).isEqualTo("a@b@@@@@@");
    }

    @Test
    void nullIsTheSameForAllLetters() {
        assertThat("ITR?".chars().mapToObj(letter -> PlainValue.of(null, 'T', (char) letter)))
                .containsOnly("NULL");
    }
}
