package io.millrace.executor.checkpoint;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads steps in their order. For one thread at a time. */
public final class StepReader implements AutoCloseable {
    private final Log log;
    private final LogReader reader;
    private final long from;

    private final Map<Long, Long> ends = new HashMap<>();
    private boolean knowsEnds;
    private @Nullable Batch block;
    private int row;

    /**
     * @param lsn where reading begins; steps before the first that has all ends are left out
     * @param from the first position that is wanted
     */
    StepReader(Log log, long lsn, long from) {
        this.log = log;
        this.reader = log.reader(lsn);
        this.from = from;
    }

    /** The next step; null when there is none on disk yet. */
    public @Nullable StepRecord next() {
        while (moveToRow()) {
            StepRecord step = read();
            if (step != null && step.position() >= from) {
                return step;
            }
        }
        return null;
    }

    /** All rows of a step are in the log together, but maybe not in one block. */
    private boolean moveToRow() {
        Batch present = block;
        while (present == null || row == present.rowCount()) {
            if (!reader.next(log.end().nextLsn())) {
                return false;
            }
            present = reader.block();
            block = present;
            row = 0;
        }
        return true;
    }

    private long value(int column) {
        Batch present = block;
        if (present == null) {
            throw new IllegalStateException("there is no row");
        }
        return ((LongColumn) present.column(column)).get(row);
    }

    /** The step whose first row this is; null when not all its ends can be known. */
    private @Nullable StepRecord read() {
        long position = value(0);
        long kind = value(1);
        if (kind != StepLog.STEP && kind != StepLog.STEP_WITH_ALL_ENDS) {
            if (knowsEnds) {
                throw MillraceException.internal("a row of kind " + kind + " opens step " + position);
            }
            row++;
            return null;
        }
        if (kind == StepLog.STEP_WITH_ALL_ENDS) {
            knowsEnds = true;
            ends.clear();
        }
        long catalog = value(2);
        long time = value(3);
        List<ViewChange> changes = new ArrayList<>();
        row++;
        while (moveToRow()
                && value(0) == position
                && value(1) != StepLog.STEP
                && value(1) != StepLog.STEP_WITH_ALL_ENDS) {
            if (value(1) == StepLog.END) {
                if (value(3) == StepLog.GONE) {
                    ends.remove(value(2));
                } else {
                    ends.put(value(2), value(3));
                }
            } else {
                changes.add(new ViewChange(value(2), value(3), value(4)));
            }
            row++;
        }
        return knowsEnds ? new StepRecord(position, time, catalog, ends, changes) : null;
    }

    @Override
    public void close() {
        reader.close();
    }
}
