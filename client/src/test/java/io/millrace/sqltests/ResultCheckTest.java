package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultCheckTest {
    private static final ResultTable PETS = FakeSession.table("ITR", "2|dog|7.5", "10|a cat|NULL", "3||0.25");

    @Nested
    @DisplayName("the layout is seen from the rows")
    class Layouts {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2|dog|7.5\n10|a cat|NULL\n3||0.25",
                    "2\tdog\t7.5\n10\ta cat\tNULL\n3\t(empty)\t0.25",
                    "2 dog 7.5\n10 a  cat NULL\n3  (empty) 0.25",
                    "2\ndog\n7.500\n10\na cat\nNULL\n3\n(empty)\n0.250",
                })
        void anyOfThemMayBeUsed(String expected) {
            assertGood(PETS, "ITR", expected);
        }

        @Test
        void itsHashStandsForAllValues() {
            List<String> values = List.of("2", "dog", "7.500", "10", "a cat", "NULL", "3", "(empty)", "0.250");
            assertGood(PETS, "ITR", ResultHash.of(values).toString());
        }

        @Test
        void aTextWithBarsDoesNotLookLikeARow() {
            ResultTable bars = new ResultTable(List.of("a", "b"), "TT", List.of(List.of("x|y", "z")));
            assertGood(bars, "TT", "x|y\nz");
        }

        @Test
        void asManyWordsAsColumnsAreStillOneValueALine() {
            ResultTable names = FakeSession.table("TT", "a b|c d", "e f|g h");
            assertGood(names, "TT", "a b\nc d\ne f\ng h");
            assertBad(names, "TT", "a b\nc d\ne f\ng x");
        }

        @Test
        void aSingleColumnMayBeExactOrPlain() {
            ResultTable halves = FakeSession.table("R", "0.5");
            assertGood(halves, "R", "0.5");
            assertGood(halves, "R", "0.500");
            assertGood(halves, "I", "0");
            assertBad(halves, "R", "0.50");
        }

        @Test
        void rowwiseIsExactAndChecksTypes() {
            ResultTable halves = FakeSession.table("R", "0.5");
            assertGood(ResultMode.ROWWISE, halves, "R", "0.5");
            assertBad(ResultMode.ROWWISE, halves, "R", "0.500");
            assertBad(ResultMode.ROWWISE, halves, "I", "0");
            assertGood(ResultMode.ROWWISE, halves, "?", "0.5");
        }

        @Test
        void valuewiseTakesNoRows() {
            assertBad(ResultMode.VALUEWISE, FakeSession.table("II", "1|2"), "II", "1|2");
            assertGood(ResultMode.VALUEWISE, FakeSession.table("II", "1|2"), "II", "1\n2");
        }
    }

    @Nested
    @DisplayName("wrong results are found")
    class Wrong {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "2|dog|7.5\n10|a cat|NULL",
                    "2|dog|7.5\n10|a cat|NULL\n3||0.25\n4|cow|1.0",
                    "2|dog|7.5\n10|a cat|\n3||0.25",
                    "10|a cat|NULL\n2|dog|7.5\n3||0.25",
                    "2\ndog\n7.500\n10\na cat\nNULL\n3\n(empty)\n0.251",
                    "9 values hashing to 00000000000000000000000000000000",
                })
        void whateverTheLayout(String expected) {
            assertBad(PETS, "ITR", expected);
        }

        @Test
        void typesOfRowsAreChecked() {
            assertBad(PETS, "ITT", "2|dog|7.5\n10|a cat|NULL\n3||0.25");
        }

        @Test
        void theNumberOfColumnsIsChecked() {
            assertThat(difference(ResultMode.ANY, PETS, options("IT"), "")).contains("gives 3 columns (ITR)");
        }

        @Test
        void namesAreCheckedWhenAskedFor() {
            QueryOptions labels = new QueryOptions("II", true, null, null);
            ResultTable pair = FakeSession.table("II", "1|2");
            assertThat(difference(ResultMode.ANY, pair, labels, "a|b\n1|2")).isNull();
            assertThat(difference(ResultMode.ANY, pair, labels, "a|c\n1|2"))
                    .contains("- a|c")
                    .contains("+ a|b");
        }
    }

    @Nested
    @DisplayName("results are sorted")
    class Sorted {
        @Test
        void byRow() {
            QueryOptions sorted = new QueryOptions("II", false, SortMode.ROWSORT, null);
            ResultTable pairs = FakeSession.table("II", "2|1", "10|3");
            assertThat(difference(ResultMode.ANY, pairs, sorted, "10\n3\n2\n1")).isNull();
            assertThat(difference(ResultMode.ANY, pairs, sorted, "10|3\n2|1")).isNull();
            assertThat(difference(ResultMode.ANY, pairs, sorted, "10\n1\n2\n3")).isNotNull();
        }

        @Test
        void byValue() {
            QueryOptions sorted = new QueryOptions("II", false, SortMode.VALUESORT, null);
            ResultTable pairs = FakeSession.table("II", "2|1", "10|3");
            assertThat(difference(ResultMode.ANY, pairs, sorted, "1\n10\n2\n3")).isNull();
            assertThat(difference(ResultMode.ANY, pairs, sorted, "1\n10\n2\n4")).isNotNull();
        }

        @Test
        void notWithoutBeingAsked() {
            assertBad(FakeSession.table("I", "2", "1"), "I", "1\n2");
        }

        @Test
        void rowsAreComparedColumnByColumnBeforeTheyAreHashed() {
            QueryOptions sorted = new QueryOptions("TI", false, SortMode.ROWSORT, null);
            // as whole lines "a b" would come first
            ResultTable names = FakeSession.table("TI", "a b|1", "a|2");
            String hash = ResultHash.of(List.of("a", "2", "a b", "1")).toString();
            assertThat(difference(ResultMode.ANY, names, sorted, hash)).isNull();
        }
    }

    private static FileSettings settings(ResultMode mode) {
        return new FileSettings(mode);
    }

    private static QueryOptions options(String types) {
        return new QueryOptions(types, false, null, null);
    }

    private static void assertGood(ResultTable table, String types, String expected) {
        assertGood(ResultMode.ANY, table, types, expected);
    }

    private static void assertGood(ResultMode mode, ResultTable table, String types, String expected) {
        assertThatCode(() -> check(mode, table, options(types), expected)).doesNotThrowAnyException();
    }

    private static void assertBad(ResultTable table, String types, String expected) {
        assertBad(ResultMode.ANY, table, types, expected);
    }

    private static void assertBad(ResultMode mode, ResultTable table, String types, String expected) {
        assertThat(difference(mode, table, options(types), expected)).isNotNull();
    }

    /** Null if there is none. */
    private static String difference(ResultMode mode, ResultTable table, QueryOptions options, String expected) {
        try {
            check(mode, table, options, expected);
            return null;
        } catch (WrongResultException wrong) {
            return wrong.getMessage();
        }
    }

    private static void check(ResultMode mode, ResultTable table, QueryOptions options, String expected)
            throws WrongResultException {
        new ResultCheck(settings(mode), options, table)
                .check(expected.isEmpty() ? List.of() : List.of(expected.split("\n")));
    }
}
