package io.millrace.shell;

import java.time.Duration;
import java.util.Locale;

/**
 * What a statement did.
 *
 * @param hasRows whether it gave a result, with {@code count} rows; else {@code count} rows were changed
 * @param hasCut whether values were cut to fit the terminal
 * @param endedEarly whether it was ended by its user, before its last row
 */
record StatementOutcome(boolean hasRows, long count, boolean hasCut, boolean endedEarly, Duration time) {
    /** Such as {@code (3 rows, 12 ms)}. */
    String summary(boolean isTimed) {
        StringBuilder text = new StringBuilder("(");
        if (hasRows || count > 0) {
            text.append(count).append(count == 1 ? " row" : " rows").append(hasRows ? "" : " changed");
        } else {
            text.append("done");
        }
        if (endedEarly) {
            text.append(", cancelled");
        }
        if (isTimed) {
            text.append(String.format(Locale.ROOT, ", %.1f ms", time.toNanos() / 1e6));
        }
        if (hasCut) {
            text.append("; values were cut to fit: \\x shows them whole");
        }
        return text.append(')').toString();
    }
}
