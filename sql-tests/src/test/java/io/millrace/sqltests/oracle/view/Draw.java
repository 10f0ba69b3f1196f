package io.millrace.sqltests.oracle.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Draws. */
record Draw(Random random) {
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

    /** So many of them, in any order. */
    <E> List<E> some(List<E> elements, int count) {
        List<E> shuffled = new ArrayList<>(elements);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }
}
