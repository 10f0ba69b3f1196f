package io.millrace.sqltests;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which layouts expected rows may have. */
public enum ResultMode {
    /** Seen from the rows; a single column may be written exactly, or as where each value has a line. */
    ANY,
    /** A row per line; the letters must be the types of the columns. */
    ROWWISE,
    /** A value per line. */
    VALUEWISE;

    static @Nullable ResultMode of(String word) {
        for (ResultMode mode : values()) {
            if (mode != ANY && mode.name().toLowerCase(Locale.ROOT).equals(word)) {
                return mode;
            }
        }
        return null;
    }
}
