package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.time.TimeQueue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The sessions of each key, which are at least a gap apart, with the aggregates of their rows.
 *
 * <pre>
 * key a     [x  x x-----)          [x---x-----)      last row + gap is the end; a row at the end itself still joins
 * key b          [x-----)
 *                    ^ a row of b between two sessions joins both to one
 * </pre>
 *
 * The sessions of a key form a list, the newest first. A session is numbered as its group in the table of aggregates;
 * closed ones, and those that others took in, leave their lists at once and the table at the next {@link #sweep}.
 */
final class Sessions {
    private static final int NONE = -1;
    private static final int MIN_SWEEP = 1024;

    private final Grouping grouping;
    private final long gap;
    private final GroupTable keys;
    private final GroupTable table;
    private final TimeQueue ends = new TimeQueue();
    private final BitSet dead = new BitSet();

    private int[] newest = new int[64];
    private int knownKeys;
    private long[] first = new long[64];
    private long[] last = new long[64];
    private int[] older = new int[64];
    private int[] keyOf = new int[64];

    private final int[] placedRows = new int[Column.MAX_ROWS];
    private final int[] placedSessions = new int[Column.MAX_ROWS];
    private int placed;
    /** Pairs of sessions that the batch has joined: the first is gone, the second has it. */
    private int[] joined = new int[16];

    private int joinedCount;
    private long unplacedRows;

    Sessions(Grouping grouping, long gap) {
        this.grouping = grouping;
        this.gap = gap;
        keys = grouping.newKeyTable();
        table = grouping.pool().take();
    }

    /** Is told of each session that a batch changes or makes. */
    interface Watch {
        Watch NONE = new Watch() {
            @Override
            public void touching(int session) {}

            @Override
            public void added(int session) {}
        };

        /** Its bounds are as they were, unless the batch has told of it before. */
        void touching(int session);

        void added(int session);
    }

    /** The aggregates and the key of each session. */
    GroupTable table() {
        return table;
    }

    long start(int session) {
        return first[session];
    }

    long end(int session) {
        return last[session] + gap;
    }

    /** Whether another session has taken its rows. */
    boolean isDead(int session) {
        return dead.get(session);
    }

    long unplacedRows() {
        return unplacedRows;
    }

    /** A time before which no session ends; {@code Long.MAX_VALUE} when there is none. */
    long nextEnd() {
        return ends.earliest();
    }

    /**
     * Gives each row its session, whose bounds it moves; the aggregates stay as they are until {@link #addPlaced}.
     *
     * @return how many rows are late: those that would be alone in a session that ends at or below the watermark
     */
    int place(Batch batch, LongColumn times, long watermark, Watch watch) {
        int[] rows = RowNumbers.of(batch);
        int count = batch.selectedCount();
        int[] groups = grouping.find(keys, batch, rows, count);
        learnKeys();
        int late = 0;
        placed = 0;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (times.isNull(row) || !covers(times.get(row))) {
                unplacedRows++;
                continue;
            }
            long time = times.get(row);
            int session = newest[groups[i]];
            if (session != NONE && time >= first[session] && time <= last[session] + gap) {
                watch.touching(session);
                last[session] = Math.max(last[session], time);
            } else {
                session = findOrAdd(groups[i], time, watermark, watch);
                if (session == NONE) {
                    late++;
                    continue;
                }
            }
            placedRows[placed] = row;
            placedSessions[placed++] = session;
        }
        return late;
    }

    /** Adds the rows of the last {@link #place} to the aggregates. */
    void addPlaced(Batch batch) {
        for (int i = 0; i < joinedCount; i += 2) {
            grouping.mergeWithin(table, joined[i], joined[i + 1]);
        }
        for (int i = 0; i < placed && joinedCount > 0; i++) {
            while (dead.get(placedSessions[i])) {
                placedSessions[i] = older[placedSessions[i]];
            }
        }
        joinedCount = 0;
        grouping.add(table, placedSessions, batch, placedRows, placed);
    }

    private boolean covers(long time) {
        return time > Long.MIN_VALUE + gap && time < Long.MAX_VALUE - gap;
    }

    /** The session that a row of a key joins, which may be new; {@code NONE} when the row is late. */
    private int findOrAdd(int key, long time, long watermark, Watch watch) {
        int newer = NONE;
        int session = newest[key];
        while (session != NONE && first[session] - gap > time) {
            newer = session;
            session = older[session];
        }
        if (session == NONE || last[session] + gap < time) {
            if (time + gap <= watermark) {
                return NONE;
            }
            int added = add(key, time, newer, session);
            watch.added(added);
            return added;
        }
        watch.touching(session);
        first[session] = Math.min(first[session], time);
        last[session] = Math.max(last[session], time);
        int before = older[session];
        if (before != NONE && last[before] + gap >= time) {
            watch.touching(before);
            first[session] = first[before];
            older[session] = older[before];
            dead.set(before);
            older[before] = session; // which rows of the batch may need
            join(before, session);
        }
        return session;
    }

    private void join(int gone, int into) {
        if (joinedCount == joined.length) {
            joined = Arrays.copyOf(joined, joinedCount * 2);
        }
        joined[joinedCount++] = gone;
        joined[joinedCount++] = into;
    }

    private int add(int key, long time, int newer, int next) {
        int session = table.addCopy(keys, key);
        if (session == first.length) {
            first = Arrays.copyOf(first, session * 2);
            last = Arrays.copyOf(last, session * 2);
            older = Arrays.copyOf(older, session * 2);
            keyOf = Arrays.copyOf(keyOf, session * 2);
        }
        first[session] = time;
        last[session] = time;
        keyOf[session] = key;
        older[session] = next;
        if (newer == NONE) {
            newest[key] = session;
        } else {
            older[newer] = session;
        }
        ends.add(time + gap, session);
        return session;
    }

    private void learnKeys() {
        if (keys.size() > newest.length) {
            newest = Arrays.copyOf(newest, Math.max(keys.size(), newest.length * 2));
        }
        Arrays.fill(newest, knownKeys, Math.max(knownKeys, keys.size()), NONE);
        knownKeys = keys.size();
    }

    /** Takes the next session that ends at or below the watermark, whose key no longer has it; -1: there is none. */
    int close(long watermark) {
        while (ends.earliest() <= watermark && !ends.isEmpty()) {
            int session = ends.poll();
            if (dead.get(session)) {
                continue;
            }
            if (end(session) > watermark) {
                ends.add(end(session), session); // it has got rows since it waits
                continue;
            }
            unlink(session);
            return session;
        }
        return NONE;
    }

    private void unlink(int session) {
        int key = keyOf[session];
        if (newest[key] == session) {
            newest[key] = older[session];
            return;
        }
        int newer = newest[key];
        while (older[newer] != session) {
            newer = older[newer];
        }
        older[newer] = older[session];
    }

    /** Gives up a closed session. */
    void free(int session) {
        dead.set(session);
    }

    /** Frees the memory of what is dead, if it is much; sessions are numbered anew. No session may be waited for. */
    void sweep() {
        int gone = dead.cardinality();
        if (gone > MIN_SWEEP && gone > table.size() / 2) {
            dropSessions();
        }
        boolean isSweepDue = grouping.isSweepDue();
        if (isSweepDue || keys.size() > MIN_SWEEP && keys.size() > 2 * (table.size() - dead.cardinality())) {
            dropKeys();
        }
        if (isSweepDue) {
            grouping.sweep(List.of(table));
        }
    }

    private void dropSessions() {
        int size = table.size();
        int[] numbers = new int[size];
        int living = 0;
        for (int session = 0; session < size; session++) {
            numbers[session] = dead.get(session) ? NONE : living++;
        }
        ends.clear();
        for (int session = 0; session < size; session++) {
            int number = numbers[session];
            if (number != NONE) {
                first[number] = first[session];
                last[number] = last[session];
                keyOf[number] = keyOf[session];
                older[number] = older[session] == NONE ? NONE : numbers[older[session]];
                ends.add(last[number] + gap, number);
            }
        }
        for (int key = 0; key < knownKeys; key++) {
            newest[key] = newest[key] == NONE ? NONE : numbers[newest[key]];
        }
        grouping.drop(table, dead);
        dead.clear();
    }

    /** Forgets keys that have no session. */
    private void dropKeys() {
        BitSet unused = new BitSet(knownKeys);
        int living = 0;
        int[] numbers = new int[knownKeys];
        for (int key = 0; key < knownKeys; key++) {
            numbers[key] = living;
            if (newest[key] == NONE) {
                unused.set(key);
            } else {
                newest[living++] = newest[key];
            }
        }
        for (int session = 0; session < table.size(); session++) {
            keyOf[session] = numbers[keyOf[session]];
        }
        keys.compact(unused);
        knownKeys = living;
    }

    long bytes() {
        return keys.bytes()
                + table.bytes()
                + ends.bytes()
                + first.length * (2L * Long.BYTES + 2L * Integer.BYTES)
                + newest.length * (long) Integer.BYTES
                + dead.size() / 8;
    }
}
