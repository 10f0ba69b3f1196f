package io.millrace.executor.operator;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
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
 * A session is a record in the table of aggregates, and numbered so. The newest of a key is found by the key, the others
 * are linked with it. When one closes, its bounds change places, so that no time is between them. Those that have closed,
 * or that others took in, leave the table at the next {@link #sweep}.
 *
 * <pre>
 * open      | key words | aggregates | first row | end       |
 * closed    | key words | aggregates | end       | first row |
 * </pre>
 */
final class Sessions {
    private static final int NONE = -1;
    /** The sessions that so many rows are found in are still in the cache when they grow. */
    static final int MOST_ROWS = 512;

    private static final int MIN_SWEEP = 1024;

    private final Grouping grouping;
    private final long gap;
    private final GroupTable table;
    /** Where the bounds are in a record. */
    private final int firstWord;

    private final int endWord;
    private final TimeQueue ends = new TimeQueue();
    private final BitSet dead = new BitSet();

    private int[] older = new int[64];
    /** Of a session that another has taken in, that one. */
    private int[] newer = new int[64];

    private final int[] rows = new int[MOST_ROWS];
    private final int[] placedRows = new int[MOST_ROWS];
    private final int[] placedSessions = new int[MOST_ROWS];
    private int placed;
    /** Whether a key has got a newer session than the batch has found. */
    private boolean hasNewer;
    /** Pairs of sessions that the batch has joined: the first is gone, the second has it. */
    private int[] joined = new int[16];

    private int joinedCount;
    private long unplacedRows;

    Sessions(Grouping grouping, long gap) {
        this.grouping = grouping;
        this.gap = gap;
        table = grouping.newTable(2);
        firstWord = grouping.firstOwnWord();
        endWord = firstWord + 1;
    }

    /** Is told of each session that a batch changes or makes. */
    interface Watch {
        Watch NONE = new Watch() {
            @Override
            public void touching(int session) {}

            @Override
            public void adding(int session) {}
        };

        /** Its bounds are as they were, unless the batch has told of it before. */
        void touching(int session);

        /** It is about to be there. */
        void adding(int session);
    }

    /** The aggregates and the key of each session. */
    GroupTable table() {
        return table;
    }

    long start(int session) {
        return Math.min(word(session, firstWord), word(session, endWord));
    }

    long end(int session) {
        return Math.max(word(session, firstWord), word(session, endWord));
    }

    private long word(int session, int word) {
        return table.page(session)[table.at(session) + word];
    }

    private void bounds(int session, long first, long end) {
        long[] page = table.page(session);
        int at = table.at(session);
        page[at + firstWord] = first;
        page[at + endWord] = end;
    }

    private boolean isOpen(int session) {
        return word(session, firstWord) < word(session, endWord);
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
     * Gives some of the selected rows their sessions, whose bounds it moves; the aggregates stay as they are until
     * {@link #addPlaced}.
     *
     * @param from the first of them, {@link #MOST_ROWS} or fewer
     * @return how many rows are late: those that would be alone in a session that ends at or below the watermark
     */
    int place(Batch batch, int from, LongColumn times, long watermark, Watch watch) {
        int count = Math.min(MOST_ROWS, batch.selectedCount() - from);
        System.arraycopy(RowNumbers.of(batch), from, rows, 0, count);
        int[] newest = find(batch, count);
        int late = 0;
        placed = 0;
        for (int i = extendNewest(newest, times, 0, count, watch); i < count; ) {
            int row = rows[i];
            if (times.isNull(row) || !covers(times.get(row))) {
                unplacedRows++;
            } else {
                int session = findOrAdd(newestSince(newest[i]), times.get(row), watermark, watch);
                if (session == NONE) {
                    late++;
                } else {
                    placedRows[placed] = row;
                    placedSessions[placed++] = session;
                }
            }
            i = extendNewest(newest, times, i + 1, count, watch);
        }
        return late;
    }

    /**
     * Places rows as long as each joins the newest session of its key and does not make it begin earlier; a loop of its
     * own, as almost all rows do. Returns the first that does not.
     */
    private int extendNewest(int[] newest, LongColumn times, int from, int count, Watch watch) {
        long[] values = times.values();
        boolean hasNulls = times.hasNulls();
        long highest = Long.MAX_VALUE - gap;
        boolean isMoved = hasNewer;
        int i = from;
        int at = placed;
        for (; i < count; i++) {
            int row = rows[i];
            int session = isMoved ? newestSince(newest[i]) : newest[i];
            long time = values[row];
            long[] page = table.page(session);
            int record = table.at(session);
            long end = page[record + endWord];
            if (time < page[record + firstWord] || time > end || time >= highest || hasNulls && times.isNull(row)) {
                break;
            }
            watch.touching(session);
            long later = time + gap - end;
            page[record + endWord] = end + (later & ~(later >> 63)); // the larger of both: a branch would be a guess
            placedRows[at] = row;
            placedSessions[at++] = session;
        }
        placed = at;
        return i;
    }

    /** The newest session of the key of each row; a key that has none gets one that is not open. */
    private int[] find(Batch batch, int count) {
        int known = table.size();
        int[] newest = grouping.find(table, batch, rows, count);
        reserve(table.size());
        for (int session = known; session < table.size(); session++) {
            bounds(session, Long.MAX_VALUE, Long.MIN_VALUE);
            older[session] = NONE;
            newer[session] = NONE;
            dead.set(session);
        }
        hasNewer = false;
        return newest;
    }

    private int newestSince(int session) {
        int newest = session;
        while (newer[newest] != NONE) {
            newest = newer[newest];
        }
        return newest;
    }

    /** Adds the rows of the last {@link #place} to the aggregates. */
    void addPlaced(Batch batch) {
        for (int i = 0; i < joinedCount; i += 2) {
            grouping.mergeWithin(table, joined[i], joined[i + 1]);
        }
        for (int i = 0; i < placed && joinedCount > 0; i++) {
            while (dead.get(placedSessions[i])) {
                placedSessions[i] = newer[placedSessions[i]];
            }
        }
        joinedCount = 0;
        grouping.add(table, placedSessions, batch, placedRows, placed);
    }

    private boolean covers(long time) {
        return time > Long.MIN_VALUE + gap && time < Long.MAX_VALUE - gap;
    }

    /** The session that a row of a key joins, which may be new; {@code NONE} when the row is late. */
    private int findOrAdd(int newest, long time, long watermark, Watch watch) {
        int next = NONE;
        int session = isOpen(newest) ? newest : NONE;
        while (session != NONE && word(session, firstWord) - gap > time) {
            next = session;
            session = older[session];
        }
        if (session == NONE || word(session, endWord) < time) {
            if (time + gap <= watermark) {
                return NONE;
            }
            return add(newest, time, next, session, watch);
        }
        watch.touching(session);
        bounds(session, Math.min(word(session, firstWord), time), Math.max(word(session, endWord), time + gap));
        int before = older[session];
        if (before != NONE && word(before, endWord) >= time) {
            watch.touching(before);
            bounds(session, word(before, firstWord), word(session, endWord));
            unlink(before);
            dead.set(before);
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

    /** Makes a session between two others of the key of {@code newest}; either may be {@code NONE}. */
    private int add(int newest, long time, int next, int before, Watch watch) {
        int session = newest;
        if (isUnused(newest)) {
            watch.adding(session);
            dead.clear(newest);
        } else {
            session = table.addCopy(table, newest);
            watch.adding(session);
            reserve(session + 1);
            if (next == NONE) {
                table.replace(newest, session);
                newer[newest] = session; // which the batch may need, though the other has closed
                hasNewer = true;
            }
        }
        bounds(session, time, time + gap);
        older[session] = before;
        newer[session] = next;
        if (before != NONE) {
            newer[before] = session;
        }
        if (next != NONE) {
            older[next] = session;
        }
        ends.add(time + gap, session);
        return session;
    }

    /** Whether it is there for a key whose rows were all late so far. */
    private boolean isUnused(int session) {
        return word(session, firstWord) == Long.MAX_VALUE;
    }

    private void reserve(int sessions) {
        if (sessions > older.length) {
            int length = Math.max(sessions, older.length * 2);
            older = Arrays.copyOf(older, length);
            newer = Arrays.copyOf(newer, length);
        }
    }

    /** Takes the next session that ends at or below the watermark, which no row joins any more; -1: there is none. */
    int close(long watermark) {
        while (ends.earliest() <= watermark && !ends.isEmpty()) {
            int session = ends.first();
            if (!dead.get(session) && end(session) > watermark) {
                ends.postpone(end(session)); // it has got rows since it waits
                continue;
            }
            ends.poll();
            if (!dead.get(session)) {
                unlink(session);
                bounds(session, end(session), start(session));
                return session;
            }
        }
        return NONE;
    }

    /** Takes it out of the list of its key; the newest stays to be found, with no others, as they have closed too. */
    private void unlink(int session) {
        if (older[session] != NONE) {
            newer[older[session]] = newer[session];
        }
        if (newer[session] != NONE) {
            older[newer[session]] = older[session];
        }
    }

    /** Gives up a closed session. */
    void free(int session) {
        dead.set(session);
    }

    /**
     * Frees the memory of what is dead, if it is much; returns whether sessions are numbered anew. No session may be waited
     * for.
     */
    boolean sweep() {
        int gone = dead.cardinality();
        boolean isSweepDue = grouping.isSweepDue();
        boolean drops = gone > 0 && isSweepDue || gone > MIN_SWEEP && gone > table.size() / 2;
        if (drops) {
            dropSessions();
        }
        if (isSweepDue) {
            grouping.sweep(List.of(table));
        }
        return drops;
    }

    /** Writes some sessions as they are, none of which has closed since the last step, with their numbers. */
    void save(int[] of, int count, StateWriter out) {
        int[] living = new int[count];
        int livingCount = 0;
        out.count(count);
        for (int i = 0; i < count; i++) {
            out.count(of[i]);
            out.flag(dead.get(of[i]));
            if (!dead.get(of[i])) {
                out.number(start(of[i]));
                out.number(end(of[i]));
                living[livingCount++] = of[i];
            }
        }
        grouping.save(table, living, livingCount, out);
    }

    /** Takes sessions that were written, in the place of those with the same numbers. {@link #restored} is to follow. */
    void restore(StateReader in) {
        int count = in.count();
        int[] living = new int[count];
        long[] bounds = new long[2 * count];
        int livingCount = 0;
        for (int i = 0; i < count; i++) {
            int session = in.count();
            if (!in.flag()) {
                in.numbers(bounds, 2 * livingCount, 2);
                living[livingCount++] = session;
            } else if (session < table.size()) {
                dead.set(session);
                bounds(session, end(session), start(session));
            }
        }
        int known = table.size();
        grouping.restore(table, living, in);
        for (int session = known; session < table.size(); session++) {
            dead.set(session);
            bounds(session, Long.MAX_VALUE, Long.MIN_VALUE);
        }
        for (int i = 0; i < livingCount; i++) {
            dead.clear(living[i]);
            bounds(living[i], bounds[2 * i], bounds[2 * i + 1]);
        }
    }

    /** All sessions are there: links those of each key, the later the newer. */
    void restored() {
        int size = table.size();
        int[] keys = grouping.keyNumbers(table);
        int[] ordered = new int[size];
        long[] starts = new long[size];
        reserve(size);
        Arrays.fill(older, 0, size, NONE);
        Arrays.fill(newer, 0, size, NONE);
        int living = 0;
        for (int session = dead.nextClearBit(0); session < size; session = dead.nextClearBit(session + 1)) {
            ordered[living] = session;
            starts[living++] = start(session);
            ends.add(end(session), session);
        }
        grouping.sort(table, starts, ordered, living);
        int[] newestOf = new int[size];
        Arrays.fill(newestOf, NONE);
        BitSet newest = new BitSet(size);
        for (int i = 0; i < living; i++) {
            int session = ordered[i];
            int before = newestOf[keys[session]];
            if (before != NONE) {
                older[session] = before;
                newer[before] = session;
                newest.clear(before);
            }
            newestOf[keys[session]] = session;
            newest.set(session);
        }
        table.index(newest);
    }

    private void dropSessions() {
        int size = table.size();
        int[] numbers = new int[size];
        int living = 0;
        for (int session = 0; session < size; session++) {
            numbers[session] = dead.get(session) ? NONE : living++;
        }
        BitSet newest = new BitSet(living);
        ends.clear();
        for (int session = 0; session < size; session++) {
            int number = numbers[session];
            if (number != NONE) {
                older[number] = older[session] == NONE ? NONE : numbers[older[session]];
                newer[number] = newer[session] == NONE ? NONE : numbers[newer[session]];
                newest.set(number, newer[number] == NONE);
                ends.add(end(session), number);
            }
        }
        grouping.drop(table, dead);
        table.index(newest);
        dead.clear();
    }

    long bytes() {
        return table.bytes() + ends.bytes() + older.length * 2L * Integer.BYTES + dead.size() / 8;
    }
}
