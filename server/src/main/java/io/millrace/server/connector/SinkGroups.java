package io.millrace.server.connector;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.plan.SubscriptionSpec;
import java.io.IOException;
import java.util.List;

/**
 * Gives a connector the changes of a query in groups of whole steps: a group ends when it is old or large enough, and only
 * after a row that tells that all of a step has been given. For one thread.
 */
final class SinkGroups {
    private static final int ENVELOPE = SubscriptionSpec.ENVELOPE.size();

    private final SinkConnector connector;
    private final Limits limits;
    private final EngineClock clock;
    private final CommitListener listener;
    private final Selection selection = new Selection();

    private long committed;
    private long reached;
    private boolean isOpen;
    /** Whether the group has nothing of a step that it has not all of. */
    private boolean isWhole = true;

    private long rows;
    private long opened;

    /**
     * When a group ends.
     *
     * @param hasEnvelope whether the connector is given position, time and kind of the change too
     */
    record Limits(boolean hasEnvelope, long nanos, long bytes) {}

    /** Is told of what has been committed. */
    interface CommitListener {
        void committed(long position, long rows);
    }

    /** @param committed the position after which the changes come */
    SinkGroups(SinkConnector connector, Limits limits, EngineClock clock, long committed, CommitListener listener) {
        this.connector = connector;
        this.limits = limits;
        this.clock = clock;
        this.committed = committed;
        this.reached = committed;
        this.listener = listener;
    }

    /** All changes up to it are committed. */
    long position() {
        return isOpen ? committed : reached;
    }

    /** All changes up to it have been taken. */
    long reached() {
        return reached;
    }

    /** Takes changes with their envelope, and rows that tell of progress. */
    void take(ResultBatch batch) throws IOException {
        LongColumn positions = (LongColumn) batch.columns().get(0);
        StringColumn operations = (StringColumn) batch.columns().get(2);
        int from = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (operations.bytes()[operations.start(row)] == '=') {
                write(batch, from, row);
                from = row + 1;
                reached = Math.max(reached, positions.get(row));
                isWhole = true;
                rollIfDue();
            }
        }
        write(batch, from, batch.rowCount());
    }

    private void write(ResultBatch batch, int from, int to) throws IOException {
        if (from == to) {
            return;
        }
        if (!isOpen) {
            connector.begin(committed + 1);
            isOpen = true;
            opened = clock.nanoTime();
            rows = 0;
        }
        for (int row = from; row < to; row++) {
            selection.rows()[row - from] = row;
        }
        selection.count(to - from);
        List<Column> columns = limits.hasEnvelope
                ? batch.columns()
                : batch.columns().subList(ENVELOPE, batch.columns().size());
        connector.write(new ColumnBatch(batch.rowCount(), columns, selection));
        rows += to - from;
        isWhole = false;
    }

    /** Ends the group if it is time, and it can be ended. */
    void rollIfDue() throws IOException {
        if (isOpen && (clock.nanoTime() - opened >= limits.nanos || connector.bytes() >= limits.bytes)) {
            commitWhole();
        }
    }

    /** In how many nanoseconds the group will have to end; {@code Long.MAX_VALUE}: there is none. */
    long nanosLeft() {
        return isOpen && isWhole ? Math.max(0, limits.nanos - (clock.nanoTime() - opened)) : Long.MAX_VALUE;
    }

    /** Ends the group, unless it has only part of a step. */
    void commitWhole() throws IOException {
        if (isOpen && isWhole) {
            connector.commit(reached);
            committed = reached;
            isOpen = false;
            listener.committed(committed, rows);
        }
    }
}
