package io.millrace.executor.circuit;

import io.millrace.executor.view.StepMark;
import io.millrace.plan.PlanNode;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader is whose query has ended before its time, and who wants the rest: {@code token;rows;again;after;current;time}.
 *
 * @param rows how many it has
 * @param again how many of them are computed again, those of the current position or from the token's place on; the reader drops
 *     what it is given of them
 * @param after the last position of which it has all rows; {@link StepMark#NONE}: of none
 * @param current the position of which it has some; {@link StepMark#NONE}: of none
 * @param time of the current position
 */
public record ResumePoint(ResumeToken token, long rows, long again, long after, long current, long time) {
    public static ResumePoint parse(String text) {
        String[] fields = text.split(";", -1);
        if (fields.length != 6) {
            throw ResumeToken.malformed(null);
        }
        try {
            ResumePoint point = new ResumePoint(
                    ResumeToken.parse(fields[0]),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[2]),
                    Long.parseLong(fields[3]),
                    Long.parseLong(fields[4]),
                    Long.parseLong(fields[5]));
            if (!point.isWellFormed()) {
                throw ResumeToken.malformed(null);
            }
            return point;
        } catch (NumberFormatException malformed) {
            throw ResumeToken.malformed(malformed);
        }
    }

    private boolean isWellFormed() {
        boolean isInOrder = current == StepMark.NONE ? again == 0 || after < 0 : current > after;
        boolean isInRange = after >= StepMark.NONE && current >= StepMark.NONE;
        return rows >= 0 && again >= 0 && again <= rows && isInOrder && isInRange && (hasPlace() || rows == 0);
    }

    /** Whether it says where to go on. */
    private boolean hasPlace() {
        return token.kind() == ResumeToken.Kind.R || after >= 0 || current >= 0;
    }

    /**
     * Where to go on; null: the reader has nothing yet, and the query begins as its statement says. Fails when the query of this
     * text is another one by now.
     *
     * @param here the data directory
     */
    public @Nullable ResumePoint checked(ResumeToken.Kind expected, String here, PlanNode root) {
        token.check(expected, here, root);
        if (hasPlace()) {
            return this;
        }
        return token.begin() < 0 ? null : new ResumePoint(token, 0, 0, token.begin(), StepMark.NONE, 0);
    }

    /** Whether not even all that was there at the start has been given. */
    public boolean isInSnapshot() {
        return after < 0;
    }

    /** The position whose state the rest begins with. */
    public long from() {
        return isInSnapshot() ? current : after;
    }

    /** The last position of the first step of the rest, all of which is told as of that position. */
    public long firstStep() {
        return current >= 0 ? current : after;
    }

    /** How many rows the rest has, with those that are computed again, of a result with a limit; 0: it has none. */
    public long rest(long limit) {
        return limit == 0 ? 0 : Math.max(1, limit - rows + again);
    }

    /** How many of the rows that are computed again are not given: the last is, by which the reader sees that they are the same. */
    long skipped() {
        return Math.max(0, again - 1);
    }
}
