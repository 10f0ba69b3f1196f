package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.CheckpointEntry;
import io.millrace.executor.table.VersionMark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * What the newest checkpoint has of a view.
 *
 * @param view as it was saved, or restored: one that was begun anew since has another state
 * @param entry where it is
 * @param position of the step after which it was so
 * @param mark of its rows; null when operators give them
 * @param firstBytes of the file that has everything, as far as it is this view's
 * @param laterBytes of those with what had changed since
 */
record SavedView(
        StandingView view,
        CheckpointEntry entry,
        long position,
        @Nullable VersionMark mark,
        long firstBytes,
        long laterBytes) {
    /** In a file: the rows of the view. */
    static final int CONTENTS = 0;
    /** Instead of these: what is known of rows that operators give. */
    static final int DERIVED = -1;
    /** The times of its sources. */
    static final int TIMES = 1;
    /** The first of its operators. */
    static final int FIRST_OPERATOR = 2;

    private static final int MOST_FILES = 50;
    /** Another with every change of what an operator writes. */
    private static final String STATES_VERSION = "1 ";

    /** Whether an item is of the operators, or their times. */
    static boolean isOperators(int item) {
        return item != CONTENTS && item != DERIVED;
    }

    /** Whether it is better to write everything than to add to what is there. */
    boolean isLong() {
        return entry.files().size() >= MOST_FILES || laterBytes > firstBytes;
    }

    /** The same plan, the same number: a state can only be given to operators as they were. */
    static long planHash(ViewPlan plan) {
        try {
            byte[] text = (STATES_VERSION + plan.query().toString()).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
