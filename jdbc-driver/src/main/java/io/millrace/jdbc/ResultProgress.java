package io.millrace.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the application has been given of a result that never ends, so that the statement can be run again and go on there.
 *
 * <p>Some results are the same whenever they are computed: the server begins at a place that it has named, and leaves out as
 * many rows as there were but one, by which it is told here that they are the same. Others are those of steps: the server begins with the step that was being read,
 * whose rows may come in another order, and those that look like one that was given are left out here. For one thread.
 */
final class ResultProgress {
    /** So many rows of a position that has not been read to the end are remembered, at 16 bytes each. */
    static final int MOST_ROWS = 1 << 22;

    private static final String OF_STEPS = "S";
    private static final String FIELDS = "\\.";

    private String token;
    private final boolean hasSteps;
    private final long limit;
    private final int mostRows;

    private long rows;
    /** How many rows have been given since the place that the token names, of a result without steps. */
    private long since;

    private StepMark mark = new StepMark(StepMark.NONE, StepMark.NONE, 0, 0);
    /** Rows of the current position that have been given; of a result without steps the last row. */
    private final RowHashes given;
    /** Those of them that are to come again; null: none. */
    private @Nullable RowCounts again;
    /** Whether more rows of the current position have been given than are remembered. */
    private boolean isTooMuch;

    /**
     * @param token how the server knows the result
     * @param label of the third column
     */
    ResultProgress(String token, String label) {
        this(token, label, MOST_ROWS);
    }

    ResultProgress(String token, String label, int mostRows) {
        this.token = token;
        this.mostRows = mostRows;
        String[] fields = token.split(FIELDS, 3);
        hasSteps = fields[0].equals(OF_STEPS);
        limit = hasSteps && fields.length == 3 ? Long.parseLong(fields[1]) : 0;
        given = new RowHashes(label);
    }

    /** What the server is told to go on: it begins with the first row that {@link #take} is given next. */
    String goOn() throws SQLException {
        if (isTooMuch) {
            throw SqlErrors.of(
                    SqlErrors.CONNECTION_LOST,
                    "the connection to the server was lost after more than " + mostRows + " rows of position "
                            + mark.current() + ", which is too many to go on within it. Run the statement again");
        }
        if (!hasSteps) {
            again = since == 0 ? null : new RowCounts(given);
            return token + ";" + rows + ";" + since + ";-1;-1;0";
        }
        again = given.count() == 0 ? null : new RowCounts(given);
        return token + ";" + rows + ";" + given.count() + ";" + mark.after() + ";" + mark.current() + ";" + mark.time();
    }

    /** How many rows the server gives again. */
    long repeats() {
        return again == null ? 0 : again.left();
    }

    /** Whether all rows have been given that the statement's LIMIT lets through. */
    boolean isComplete() {
        return limit > 0 && rows >= limit;
    }

    /** The frame with those rows that have not been given yet. */
    ColumnFrame take(ColumnFrame frame) throws SQLException {
        StepMark reached = frame.mark();
        if (!hasSteps || reached == null) {
            ColumnFrame rest = frame.rows() == 0 ? frame : count(frame);
            ResumePlace place = frame.place();
            if (place != null) {
                token = place.token();
                since = frame.offset() + frame.rows() - place.first();
            }
            return rest;
        }
        if (frame.rows() == 0 && reached.after() <= mark.after()) {
            return frame;
        }
        boolean isSame = reached.current() == mark.current();
        if (again == null && (reached.current() < 0 || (isTooMuch && isSame))) { // as nearly always
            if (!isSame || reached.current() < 0) {
                given.clear();
                isTooMuch = false;
            }
            mark = reached;
            return limited(frame);
        }
        return remember(frame, reached, isSame);
    }

    private ColumnFrame count(ColumnFrame frame) throws SQLException {
        ColumnFrame rest = frame;
        RowCounts expected = again;
        if (expected != null) {
            RowHashes first = given.of(frame, 0, 1);
            if (!expected.take(first.first(0), first.second(0))) {
                throw SqlErrors.of(
                        SqlErrors.CONNECTION_LOST,
                        "the connection to the server was lost, and its rows are not those of before. Run the"
                                + " statement again");
            }
            again = null;
            int[] kept = new int[frame.rows() - 1];
            Arrays.setAll(kept, i -> i + 1);
            rest = frame.keeping(kept);
        }
        given.clear();
        given.add(given.of(frame, frame.rows() - 1, frame.rows()), 0);
        rows += rest.given();
        since += rest.given();
        return rest;
    }

    private ColumnFrame remember(ColumnFrame frame, StepMark reached, boolean isSame) throws SQLException {
        RowHashes looks = given.of(frame, 0, frame.rows());
        int[] kept = new int[frame.rows()];
        int count = 0;
        long first = Math.max(0, reached.first() - frame.offset());
        RowHashes added = new RowHashes("");
        for (int row = 0; row < frame.rows(); row++) {
            RowCounts left = again;
            if (left != null && left.take(looks.first(row), looks.second(row))) {
                again = left.left() == 0 ? null : left;
                continue;
            }
            kept[count++] = row;
            if (reached.current() >= 0 && row >= first) {
                added.add(looks, row);
            }
        }
        if (!isSame) {
            if (again != null) {
                throw SqlErrors.of(
                        SqlErrors.INTERNAL,
                        again.left() + " rows of position " + mark.current()
                                + " that were given before the connection was lost did not come again");
            }
            given.clear();
            isTooMuch = false;
        }
        isTooMuch |= given.count() + added.count() > mostRows;
        if (isTooMuch) {
            given.clear();
        } else {
            given.addAll(added);
        }
        mark = reached;
        return limited(count == frame.rows() ? frame : frame.keeping(Arrays.copyOf(kept, count)));
    }

    private ColumnFrame limited(ColumnFrame frame) {
        long left = limit == 0 ? Long.MAX_VALUE : limit - rows;
        rows += Math.min(left, frame.given());
        if (left >= frame.given()) {
            return frame;
        }
        int[] kept = frame.kept();
        int[] first = new int[(int) left];
        for (int i = 0; i < first.length; i++) {
            first[i] = kept == null ? i : kept[i];
        }
        return frame.keeping(first);
    }
}
