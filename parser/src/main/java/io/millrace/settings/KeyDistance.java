package io.millrace.settings;

import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** How far a mistyped key is from a known one. */
final class KeyDistance {
    private static final LevenshteinDistance EDITS = LevenshteinDistance.getDefaultInstance();

    private KeyDistance() {}

    /** The last words alone count too, because areas are forgotten. */
    static int between(String typed, String known) {
        String key = typed.toLowerCase(Locale.ROOT);
        return Math.min(EDITS.apply(key, known), 1 + EDITS.apply(name(key), name(known)));
    }

    private static String name(String key) {
        return key.substring(key.indexOf('.') + 1);
    }
}
