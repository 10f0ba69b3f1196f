package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of a continuous query keeps, so that it can be given the rest of its rows by another query, also of another
 * process. As text, of which a reader knows the first two fields:
 *
 * <pre>
 * R|S . limit . origin . reads . begin . lsn . row number . watermark . closed by event time . closed by row time
 * </pre>
 *
 * @param kind what a reader has to say of the rows that it has
 * @param limit of the rows of the whole result; 0: none
 * @param origin of the data directory
 * @param reads the numbers of the streams, tables and views that are read
 * @param begin the position after which it began, without what was there; {@link #NONE}: the statement says where
 * @param start of windows, and of rows; null: it has none
 */
public record ResumeToken(
        Kind kind,
        long limit,
        String origin,
        String reads,
        long begin,
        @Nullable ContinuousStart start) {
    public static final long NONE = -1;
    /** What to do when a result cannot go on. */
    public static final String RUN_AGAIN = "Run the statement again.";

    private static final String NO_START = "x";
    private static final int FIELDS_BEFORE_START = 5;

    /** What a reader has to say of the rows that it has. */
    public enum Kind {
        /** How many: the result is the same whenever it is computed. */
        R,
        /** Of which steps. */
        S
    }

    static ResumeToken ofRows(long limit, String origin, PlanNode root, ContinuousStart start) {
        return new ResumeToken(Kind.R, limit, origin, reads(root), NONE, start);
    }

    static ResumeToken parse(String text) {
        String[] fields = text.split("\\.", -1);
        try {
            boolean hasStart = fields.length == FIELDS_BEFORE_START + 5;
            if (hasStart
                    || (fields.length == FIELDS_BEFORE_START + 1 && fields[FIELDS_BEFORE_START].equals(NO_START))) {
                return new ResumeToken(
                        Kind.valueOf(fields[0]),
                        Long.parseLong(fields[1]),
                        fields[2],
                        fields[3],
                        Long.parseLong(fields[4]),
                        hasStart ? start(fields) : null);
            }
        } catch (IllegalArgumentException malformed) {
            throw malformed(malformed);
        }
        throw malformed(null);
    }

    private static ContinuousStart start(String[] fields) {
        long[] numbers = Arrays.stream(fields)
                .skip(FIELDS_BEFORE_START)
                .mapToLong(Long::parseLong)
                .toArray();
        if (numbers[0] < 0 || numbers[1] < 0) {
            throw malformed(null);
        }
        return new ContinuousStart(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    static MillraceException malformed(@Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.PROTOCOL_VIOLATION, "what names the result to go on with is malformed", cause);
    }

    /**
     * Of a result that is given step by step.
     *
     * @param start of windows
     */
    public static ResumeToken ofSteps(
            long limit, String origin, PlanNode root, long begin, @Nullable ContinuousStart start) {
        return new ResumeToken(Kind.S, limit, origin, reads(root), begin, start);
    }

    /** The numbers of what a plan reads. */
    static String reads(PlanNode root) {
        Set<Long> numbers = new TreeSet<>();
        collect(root, numbers);
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    private static void collect(PlanNode node, Set<Long> numbers) {
        if (node instanceof StreamScan scan) {
            numbers.add(scan.streamId());
        } else if (node instanceof TableScan scan) {
            numbers.add(scan.tableId());
        }
        node.inputs().forEach(input -> collect(input, numbers));
    }

    /** Fails when the query of this text is another one by now. */
    void check(Kind expected, String here, PlanNode root) {
        if (kind != expected) {
            throw malformed(null);
        }
        if (!origin.equals(here)) {
            throw new MillraceException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "the result cannot go on: it began in another data directory than this server has")
                    .withHint(RUN_AGAIN);
        }
        if (!reads.equals(reads(root))) {
            throw new MillraceException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "the result cannot go on: what the query reads has been dropped or replaced since it began")
                    .withHint(RUN_AGAIN);
        }
    }

    /** Where the rows begin to be read, of a result that is the same whenever it is computed. */
    public ContinuousStart startOfRows() {
        if (start == null) {
            throw malformed(null);
        }
        return start;
    }

    /** The same, from another place on. */
    ResumeToken at(ContinuousStart place) {
        return new ResumeToken(kind, limit, origin, reads, begin, place);
    }

    @Override
    public String toString() {
        String head = kind + "." + limit + "." + origin + "." + reads + "." + begin + ".";
        return start == null
                ? head + NO_START
                : head + start.lsn() + "." + start.rowNumber() + "." + start.watermark() + "."
                        + start.closedByEventTime() + "." + start.closedByRowTime();
    }
}
