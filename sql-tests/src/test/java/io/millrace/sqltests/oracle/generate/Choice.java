package io.millrace.sqltests.oracle.generate;

import java.util.List;
import java.util.Random;

/** Draws. */
record Choice(Random random) {
    boolean percent(int probability) {
        return random.nextInt(100) < probability;
    }

    /** From 0, below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    <E> E of(List<? extends E> elements) {
        return elements.get(random.nextInt(elements.size()));
    }

    @SafeVarargs
    final <E> E of(E... elements) {
        return elements[random.nextInt(elements.length)];
    }
}
