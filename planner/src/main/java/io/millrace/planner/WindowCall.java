package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral.IntervalValue;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * A window over a relation, however it was spelled.
 *
 * @param data what {@code TABLE …} may stand before in a table function: a name or a query
 * @param partition the columns by whose values sessions are told apart; null: by those that the query groups by
 */
record WindowCall(
        SqlNode data,
        SqlIdentifier timeColumn,
        @Nullable List<SqlNode> partition,
        WindowSpec window,
        SqlParserPos position) {
    private static final long MICROS_PER_MILLI = 1000;
    /** That hold one row: each is an answer of its own. */
    private static final long MOST_WINDOWS = 100_000;

    /** The form that is validated: TABLE(HOP(TABLE data, DESCRIPTOR(time, partition …), size, slide, offset)). */
    SqlNode toTableFunction() {
        SqlNode table = data instanceof SqlIdentifier
                ? SqlStdOperatorTable.EXPLICIT_TABLE.createCall(data.getParserPosition(), data)
                : data;
        List<SqlNode> columns = new ArrayList<>();
        columns.add(timeColumn);
        if (partition != null) {
            columns.addAll(partition);
        }
        SqlNode call = WindowTableFunction.of(window.kind(), partition == null)
                .createCall(
                        position,
                        table,
                        SqlStdOperatorTable.DESCRIPTOR.createCall(timeColumn.getParserPosition(), columns),
                        number(window.size()),
                        number(window.slide()),
                        number(window.offset()));
        return SqlStdOperatorTable.COLLECTION_TABLE.createCall(position, call);
    }

    private SqlNode number(long value) {
        return SqlLiteral.createExactNumeric(Long.toString(value), position);
    }

    static WindowSpec tumble(SqlNode size, @Nullable SqlNode offset) {
        long sizeMicros = positive(size, "size");
        return WindowSpec.tumble(sizeMicros, offset(offset, sizeMicros));
    }

    static WindowSpec session(SqlNode gap) {
        return WindowSpec.session(positive(gap, "gap"));
    }

    static WindowSpec cumulate(SqlNode size, SqlNode step, @Nullable SqlNode offset) {
        long sizeMicros = positive(size, "size");
        long stepMicros = positive(step, "step");
        if (sizeMicros % stepMicros != 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "the largest size of a window (" + Durations.print(sizeMicros) + ") is not a multiple of its step ("
                            + Durations.print(stepMicros) + ")",
                    "After FROM the order is (size, step): WINDOW CUMULATE(1h, 10m); in a table function it is (step, size).",
                    Nodes.position(step),
                    null);
        }
        checkOverlap(sizeMicros / stepMicros, "step", step);
        return WindowSpec.cumulate(sizeMicros, stepMicros, offset(offset, sizeMicros));
    }

    static WindowSpec hop(SqlNode size, SqlNode slide, @Nullable SqlNode offset) {
        long sizeMicros = positive(size, "size");
        long slideMicros = positive(slide, "slide");
        if (slideMicros > sizeMicros) {
            throw slideTooLong(sizeMicros, slideMicros, Nodes.position(slide));
        }
        checkOverlap(sizeMicros / slideMicros, "slide", slide);
        return WindowSpec.hop(sizeMicros, slideMicros, offset(offset, slideMicros));
    }

    private static void checkOverlap(long windows, String name, SqlNode place) {
        if (windows > MOST_WINDOWS) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "each row would be in " + windows + " windows",
                    "At most " + MOST_WINDOWS + " windows can overlap: make the " + name
                            + " longer or the size shorter.",
                    Nodes.position(place),
                    null);
        }
    }

    private static long offset(@Nullable SqlNode offset, long period) {
        return offset == null ? 0 : Math.floorMod(micros(offset), period);
    }

    private static MillraceException slideTooLong(long size, long slide, @Nullable SourcePosition position) {
        String larger = Durations.print(slide);
        String smaller = Durations.print(size);
        return new MillraceException(
                ErrorCode.INVALID_STATEMENT,
                "the slide of a window (" + larger + ") is larger than its size (" + smaller + ")",
                "After FROM the order is (size, slide): WINDOW HOP(" + larger + ", " + smaller
                        + "); in a table function it is (slide, size): HOP(TABLE t, DESCRIPTOR(c), SLIDE => INTERVAL …, "
                        + "SIZE => INTERVAL …).",
                position,
                null);
    }

    private static long positive(SqlNode node, String name) {
        long micros = micros(node);
        if (micros <= 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "the " + name + " of a window must be positive",
                    null,
                    Nodes.position(node),
                    null);
        }
        return micros;
    }

    /** The length of a literal duration. */
    static long micros(SqlNode node) {
        if (!(node instanceof SqlIntervalLiteral literal)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "a duration must be a literal",
                    "Write for example INTERVAL '10' SECOND.",
                    Nodes.position(node),
                    null);
        }
        IntervalValue value = Objects.requireNonNull(literal.getValueAs(IntervalValue.class));
        if (value.getIntervalQualifier().isYearMonth()) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "a duration cannot be counted in months or years",
                    null,
                    Nodes.position(node),
                    null);
        }
        // sign, days, hours, minutes, seconds, milliseconds
        int[] parts = value.getIntervalQualifier()
                .evaluateIntervalLiteral(
                        value.getIntervalLiteral(), node.getParserPosition(), MillraceTypeSystem.INSTANCE);
        long hours = parts[1] * 24L + parts[2];
        long seconds = (hours * 60 + parts[3]) * 60 + parts[4];
        return value.getSign() * parts[0] * (seconds * 1000 + parts[5]) * MICROS_PER_MILLI;
    }
}
