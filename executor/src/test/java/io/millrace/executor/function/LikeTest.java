package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.error.ErrorCode;
import io.millrace.executor.column.Column;
import io.millrace.plan.Call;
import io.millrace.plan.ScalarFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LikeTest {
    private static void like(boolean expected, String value, String pattern) {
        check(expected, ScalarFunction.LIKE, BOOLEAN, text(value), text(pattern));
    }

    @Test
    void wildcardsCountCharacters() {
        like(true, "a日c", "a_c");
        like(false, "a日日c", "a_c");
        like(true, "a日日c", "a%c");
        like(true, "", "");
        like(true, "", "%");
        like(false, "", "_");
        like(true, "ERROR", "%ERROR%");
        like(true, "xERRORx", "%ERROR%");
        like(false, "ERRO", "%ERROR%");
        like(true, "abcabd", "%abd");
        like(true, "abab", "ab%ab");
        like(false, "ab", "ab%ab");
        check(null, ScalarFunction.LIKE, BOOLEAN, text(null), text("%"));
        check(null, ScalarFunction.LIKE, BOOLEAN, text("a"), text(null));
    }

    @Test
    void escapesTakeTheMeaningFromWildcards() {
        check(true, ScalarFunction.LIKE, BOOLEAN, text("50%"), text("50!%"), text("!"));
        check(false, ScalarFunction.LIKE, BOOLEAN, text("500"), text("50!%"), text("!"));
        check(true, ScalarFunction.LIKE, BOOLEAN, text("a!b"), text("a!!b"), text("!"));
        checkError(ErrorCode.INVALID_ESCAPE, ScalarFunction.LIKE, BOOLEAN, text("a"), text("a!"), text("!"));
        checkError(ErrorCode.INVALID_ESCAPE, ScalarFunction.LIKE, BOOLEAN, text("a"), text("!a"), text("!"));
        checkError(ErrorCode.INVALID_ESCAPE, ScalarFunction.LIKE, BOOLEAN, text("a"), text("a"), text("!!"));
    }

    @Test
    void ilikeIgnoresCase() {
        check(true, ScalarFunction.ILIKE, BOOLEAN, text("An Error"), text("%ERROR%"));
        check(true, ScalarFunction.ILIKE, BOOLEAN, text("ÄPFEL"), text("äp_el"));
        check(false, ScalarFunction.ILIKE, BOOLEAN, text("Äpfel"), text("apfel"));
    }

    @Test
    void manyWildcardsDoNotExplode() {
        String value = "a".repeat(5_000);
        Assertions.assertTimeout(Duration.ofSeconds(5), () -> like(false, value, "%a".repeat(50) + "b"));
    }

    @Test
    void hitsDoNotCrossRows() {
        Column words = columnOf(VARCHAR, "ER", "ROR", "ERROR", null, "", "xxERRORERRORxx", "ERR", "OR", "aERROR");
        Call like = call(ScalarFunction.LIKE, BOOLEAN, column(0, VARCHAR), text("%ERROR%"));
        assertThat(select(like, 9, null, words)).containsExactly(2, 5, 8);
        assertThat(select(like, 9, selection(0, 1, 3, 5, 6, 8), words)).containsExactly(5, 8);
        assertThat(select(like, 9, selection(8), words)).containsExactly(8);
    }

    @Test
    void agreesWithANaiveMatcher() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1_500; round++) {
            int rows = 1 + random.nextInt(60);
            Object[] values = new Object[rows];
            for (int row = 0; row < rows; row++) {
                values[row] = random.nextInt(10) == 0 ? null : word(random, "ab日", random.nextInt(9));
            }
            String inner = word(random, random.nextBoolean() ? "ab日" : "ab日%_", random.nextInt(4));
            String pattern = (random.nextBoolean() ? "%" : "") + inner + (random.nextBoolean() ? "%" : "");
            List<Integer> expected = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                if (values[row] != null && naive((String) values[row], 0, pattern, 0)) {
                    expected.add(row);
                }
            }
            Column column = columnOf(VARCHAR, values);
            Call like = call(ScalarFunction.LIKE, BOOLEAN, column(0, VARCHAR), text(pattern));
            assertThat(select(like, rows, null, column))
                    .as("seed %s %s", seed, pattern)
                    .isEqualTo(expected);
            List<Integer> chosen = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                if (random.nextInt(4) > 0) {
                    chosen.add(row);
                }
            }
            expected.retainAll(chosen);
            int[] in = chosen.stream().mapToInt(row -> row).toArray();
            assertThat(select(like, rows, selection(in), column)).isEqualTo(expected);
        }
    }

    private static String word(Random random, String alphabet, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static boolean naive(String value, int at, String pattern, int token) {
        if (token == pattern.length()) {
            return at == value.length();
        }
        if (pattern.charAt(token) == '%') {
            return naive(value, at, pattern, token + 1)
                    || (at < value.length() && naive(value, at + 1, pattern, token));
        }
        return at < value.length()
                && (pattern.charAt(token) == '_' || pattern.charAt(token) == value.charAt(at))
                && naive(value, at + 1, pattern, token + 1);
    }
}
