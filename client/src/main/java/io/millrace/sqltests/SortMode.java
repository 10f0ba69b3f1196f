package io.millrace.sqltests;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which order the rows of a result are compared. */
enum SortMode {
    NOSORT,
    ROWSORT,
    VALUESORT;

    static @Nullable SortMode of(String word) {
        for (SortMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        return null;
    }
}
