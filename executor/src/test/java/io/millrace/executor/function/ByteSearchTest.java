package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.BOOLEAN;
import static io.millrace.executor.function.Expressions.check;
import static io.millrace.executor.function.Expressions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
    @Test
    void findsWhatTheJdkFinds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String text = word(random, random.nextInt(60));
            String needle = word(random, 1 + random.nextInt(8));
            assertThat(search(text, needle))
                    .as("seed %s: \"%s\" in \"%s\"", seed, needle, text)
                    .isEqualTo(text.indexOf(needle));
        }
    }

    @Test
    void findsLongPeriodicNeedles() {
        String needle = "ab".repeat(50) + "aab".repeat(30);
        assertThat(search("ab".repeat(80) + needle + "x", needle)).isEqualTo(160);
        assertThat(search("ab".repeat(1_000), needle)).isEqualTo(-1);
        assertThat(search("a".repeat(100), "a".repeat(101))).isEqualTo(-1);
    }

    @Test
    void costsTheSumOfTheLengthsAndNotTheirProduct() {
        byte[] text = bytes("a".repeat(4_000_000));
        byte[] needle = bytes("a".repeat(1_000_000) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(Utf8.indexOf(text, 0, text.length, needle, 0, needle.length))
                        .isEqualTo(-1));
    }

    @Test
    void likeIsLinearInTheTextToo() {
        String text = "a".repeat(1_000_000);
        String half = "a".repeat(100_000);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            check(false, ScalarFunction.LIKE, BOOLEAN, text(text), text("%" + half + "b%"));
            check(false, ScalarFunction.LIKE, BOOLEAN, text(text), text("%" + half + "b%c%"));
            check(true, ScalarFunction.LIKE, BOOLEAN, text(text + "b"), text("a%" + half + "%" + half + "%b"));
            check(false, ScalarFunction.LIKE, BOOLEAN, text(text), text("%" + "a%".repeat(50_000) + "b"));
        });
    }

    private static int search(String text, String needle) {
        byte[] bytes = bytes(text);
        byte[] searched = bytes(needle);
        return ByteSearch.indexOf(bytes, 0, bytes.length, searched, 0, searched.length);
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(2)));
        }
        return word.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
