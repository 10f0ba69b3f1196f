package io.millrace.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How the changes of a query are given out.
 *
 * @param hasEnvelope whether position, time and kind of the change come before the row; without, only what comes is given
 * @param snapshot whether the rows that are there come first, as {@code +S}
 * @param progress whether {@code =P} rows tell how far everything has been given
 * @param everyMicros at which interval net changes are given; 0: after each step
 * @param start where it begins
 * @param after the position after which it begins, of {@link Start#AFTER_POSITION}; the time of {@link Start#TIMESTAMP}, in
 *     microseconds since the epoch
 * @param upTo the last position that is given; {@link #NO_END}: it never ends
 * @param isExact whether a slow reader is given every step all the same, never the net changes of several
 */
public record SubscriptionSpec(
        boolean hasEnvelope,
        boolean snapshot,
        boolean progress,
        long everyMicros,
        Start start,
        long after,
        long upTo,
        boolean isExact) {
    public static final long NO_END = Long.MAX_VALUE;

    private static final DataType POSITION = DataType.of(DataType.Kind.BIGINT);
    private static final DataType TIME = DataType.timestamp(3);
    private static final DataType OPERATION = new DataType(DataType.Kind.CHAR, 2, 0, true);

    /** The envelope: what comes before the columns of the query. */
    public static final List<OutputColumn> ENVELOPE = List.of(
            new OutputColumn("mr_pos", POSITION),
            new OutputColumn("mr_time", TIME),
            new OutputColumn("mr_op", OPERATION));

    /** For a reader who is content with net changes when it is slow. */
    public SubscriptionSpec(
            boolean hasEnvelope,
            boolean snapshot,
            boolean progress,
            long everyMicros,
            Start start,
            long after,
            long upTo) {
        this(hasEnvelope, snapshot, progress, everyMicros, start, after, upTo, false);
    }

    /** All that changes after a position, step by step, with a {@code =P} row after each. */
    public static SubscriptionSpec everyStepAfter(long position) {
        return new SubscriptionSpec(true, false, true, 0, Start.AFTER_POSITION, position, NO_END, true);
    }

    /** The same, but after a position. */
    public SubscriptionSpec withAfter(long position) {
        return new SubscriptionSpec(
                hasEnvelope, snapshot, progress, everyMicros, Start.AFTER_POSITION, position, upTo, isExact);
    }

    /** Whether the rows that are there come first. */
    public boolean givesWhatIsThere() {
        return snapshot || start == Start.BEGINNING;
    }

    /** The columns of the result, of a query with these. */
    public List<OutputColumn> output(List<OutputColumn> query) {
        if (!hasEnvelope) {
            return query;
        }
        List<OutputColumn> output = new ArrayList<>(ENVELOPE);
        query.forEach(column -> output.add(column.withType(column.type().withNullable(true))));
        return output;
    }

    /** Where a subscription begins. */
    public enum Start {
        /** With what changes from now on. */
        NOW,
        /** With all rows there are, as if they came now. */
        BEGINNING,
        /** With what changed after a position. */
        AFTER_POSITION,
        /** With what changed at a time or later. */
        TIMESTAMP;

        /** Whether it begins with changes that have happened already. */
        public boolean isPast() {
            return this == AFTER_POSITION || this == TIMESTAMP;
        }
    }
}
