package io.millrace.executor.operator;

import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyComparison;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.OrderedCounts;
import io.millrace.executor.state.SideNumbers;
import io.millrace.executor.state.StringInterner;
import io.millrace.executor.time.TimeQueue;
import io.millrace.plan.DataType;
import io.millrace.plan.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of each key by their times, with how often each is there. Sessions are what they make of them: rows no more
 * than the gap apart. So a row can go again, and part a session in two.
 *
 * <pre>
 * key a     x  x x          x---x          the row that goes:  x  x x  -  x x   gives  x  x x     x x
 * </pre>
 *
 * A session that a change is within the gap of is told as it is before the step first changes it, and at the end of the
 * step those that there are near the changes are told. Where a step has changed rows is kept until then: a session has
 * been told of before if and only if such a time is no further than the gap from one of its rows.
 */
final class SessionRows {
    private static final int MIN_SWEEP = 1024;

    private final long gap;
    private final int timeColumn;
    private final RowType rowType;
    private final boolean closes;
    private final boolean isWatched;
    private final Listener listener;

    private final StringInterner interner = new StringInterner();
    private final KeyLayout keyLayout;
    private final KeyEncoder keyEncoder;
    private final KeyWords keyWords;
    /** A record holds the number of its key in the counts. */
    private final GroupTable keys;

    private final SideNumbers numbers = new SideNumbers();
    private final KeyEncoder rowEncoder;
    private final KeyDecoder rowDecoder;
    private final KeyWords rowWords;
    private final OrderedCounts rows;
    private final OrderedCounts.Cursor cursor;
    private final OrderedCounts touched;
    private final OrderedCounts.Cursor touchedCursor;
    private final long[] touchedTime = new long[1];
    private final KeyLayout rowLayout;
    private final SavedPieces pieces;
    private final TimeQueue ends = new TimeQueue();

    private final int[] groups = new int[Column.MAX_ROWS];
    /** By the number of a key: the time in the queue that counts for it. */
    private long[] queued = new long[64];
    /** By the number of a key: its record. */
    private int[] recordOf = new int[64];

    private BitSet touchedKeys = new BitSet();
    private long touchedTimes;
    private boolean isRestored;
    private int keysAfterSweep;
    private long firstTime;
    private long lastTime;
    private long unplacedRows;

    /**
     * @param keyColumns by whose values sessions are told apart
     * @param closes whether a watermark closes sessions
     * @param isWatched whether the listener wants to be told before they close
     */
    SessionRows(
            RowType rowType,
            List<Integer> keyColumns,
            int timeColumn,
            long gap,
            boolean closes,
            boolean isWatched,
            Listener listener) {
        this.isWatched = isWatched;
        this.rowType = rowType;
        this.timeColumn = timeColumn;
        this.gap = gap;
        this.closes = closes;
        this.listener = listener;
        keyLayout = new KeyLayout(keyColumns.stream().map(rowType::type).toList());
        keyEncoder = new KeyEncoder(keyLayout, keyColumns, interner);
        keyWords = new KeyWords(keyLayout.width());
        keys = new GroupTable(keyLayout.width(), 1);
        DataType time = rowType.type(timeColumn).notNull();
        List<DataType> types = new ArrayList<>(List.of(time));
        types.addAll(rowType.types());
        List<Integer> sources = new ArrayList<>(List.of(timeColumn));
        IntStream.range(0, rowType.size()).forEach(sources::add);
        rowLayout = new KeyLayout(types);
        rowEncoder = new KeyEncoder(rowLayout, sources, interner);
        rowDecoder = new KeyDecoder(rowLayout, interner);
        rowWords = new KeyWords(rowLayout.width());
        rows = new OrderedCounts(rowLayout, new KeyComparison(rowLayout, interner));
        cursor = rows.cursor();
        KeyLayout timeLayout = new KeyLayout(List.of(time));
        touched = new OrderedCounts(timeLayout, new KeyComparison(timeLayout, interner));
        touchedCursor = touched.cursor();
        pieces = new SavedPieces(Column.MAX_ROWS, keys::size, this::write, this::restore);
    }

    /** Is told of sessions, whose rows {@link #read} gives while it is told. */
    interface Listener {
        /** It is changed for the first time in the step, or closed. */
        void before(long key, long first, long last);

        /** It is there at the end of the step, or when it closes, and has been changed. */
        void after(long key, long first, long last);

        /** It has closed, no row joins it any more. */
        void closing(long key, long first, long last);
    }

    /** Takes some rows of a session, each as often as it is there. */
    interface Reader {
        void take(ColumnBatch batch);
    }

    long unplacedRows() {
        return unplacedRows;
    }

    /** How many times of keys the step has changed rows at. */
    long touchedTimes() {
        return touchedTimes;
    }

    /** A time before which no session ends; {@code Long.MAX_VALUE} when none closes. */
    long nextEnd() {
        return ends.earliest();
    }

    /** Adds rows, or takes them away; returns how many are late. */
    int change(Batch batch, long watermark) {
        int[] selected = RowNumbers.of(batch);
        int count = batch.selectedCount();
        LongColumn times = (LongColumn) batch.column(timeColumn);
        keyEncoder.encode(batch, selected, count, keyWords);
        findKeys(count);
        rowEncoder.encode(batch, selected, count, rowWords);
        long[] weights = batch.weights();
        int late = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            long time = times.get(row);
            if (times.isNull(row) || time <= Long.MIN_VALUE + gap || time >= Long.MAX_VALUE - gap) {
                unplacedRows++;
                continue;
            }
            long key = number(groups[i]);
            if (closes && time + gap <= watermark && !isNear(cursor, key, time, time)) {
                late++;
                continue;
            }
            if (isWatched) {
                if (!touchedKeys.get((int) key)) {
                    pieces.changing(groups[i]);
                }
                touch(key, time);
            }
            queue(key, time + gap);
            long weight = weights == null ? 1 : weights[row];
            rows.add(key, rowWords, i, weight);
            if (closes && weight < 0 && cursor.floor(key, time)) {
                queue(key, time() + gap); // of a session that goes on to the row that has gone, this is the end
            }
        }
        return late;
    }

    private void queue(long key, long end) {
        if (closes && end < queued[(int) key]) {
            queued[(int) key] = end;
            ends.add(end, (int) key);
        }
    }

    /** The records of the keys that have been encoded, which are made if they are not there. */
    private void findKeys(int count) {
        int known = keys.size();
        keys.findOrAdd(keyWords, count, groups);
        for (int record = known; record < keys.size(); record++) {
            int number = (int) numbers.take();
            if (number >= queued.length) {
                queued = Arrays.copyOf(queued, number * 2);
                recordOf = Arrays.copyOf(recordOf, number * 2);
            }
            queued[number] = Long.MAX_VALUE;
            recordOf[number] = record;
            keys.page(record)[keys.at(record) + keyLayout.width()] = number;
        }
    }

    private long number(int record) {
        return keys.page(record)[keys.at(record) + keyLayout.width()];
    }

    /** Tells of the sessions that a row at this time joins or leaves, unless they have been told of. */
    private void touch(long key, long time) {
        long told = Long.MIN_VALUE;
        if (cursor.floor(key, time) && time() >= time - gap) {
            told = tellBefore(key, time());
        }
        if (cursor.ceiling(key, time) && time() <= time + gap && time() > told) {
            tellBefore(key, time());
        }
        touchedKeys.set((int) key);
        touchedTime[0] = time;
        if (!touchedCursor.ceiling(key, time) || touchedCursor.page()[touchedCursor.at()] != time) {
            touched.add(key, touchedTime, 0, 1);
            touchedTimes++;
        }
    }

    /** Returns the last time of the session that has a row at this one, if it is told of. */
    private long tellBefore(long key, long time) {
        if (isNear(touchedCursor, key, time, time)) {
            return Long.MIN_VALUE;
        }
        bound(key, time);
        if (isNear(touchedCursor, key, firstTime, lastTime)) {
            return Long.MIN_VALUE;
        }
        long last = lastTime;
        listener.before(key, firstTime, last);
        return last;
    }

    /** Whether a key has a time no further than the gap from some others. */
    private boolean isNear(OrderedCounts.Cursor at, long key, long first, long last) {
        return at.ceiling(key, first - gap) && at.page()[at.at()] <= last + gap;
    }

    private long time() {
        return cursor.page()[cursor.at()];
    }

    /** Finds the first and the last time of the session that has a row at this time. */
    private void bound(long key, long time) {
        firstTime = time;
        for (boolean has = cursor.floor(key, time); has && time() >= firstTime - gap; has = cursor.previous()) {
            firstTime = time();
        }
        lastTime = time;
        for (boolean has = cursor.ceiling(key, time); has && time() <= lastTime + gap; has = cursor.next()) {
            lastTime = time();
        }
    }

    /** Gives the rows of a session. */
    void read(long key, long first, long last, Reader reader) {
        ColumnBuilder[] builders = new ColumnBuilder[rowType.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = ColumnBuilder.of(rowType.type(i));
        }
        int count = 0;
        for (boolean has = cursor.ceiling(key, first); has && time() <= last; has = cursor.next()) {
            for (long copy = cursor.count(); copy > 0; copy--) {
                for (int i = 0; i < builders.length; i++) {
                    rowDecoder.append(i + 1, cursor.page(), cursor.at(), builders[i]);
                }
                if (++count == Column.MAX_ROWS) {
                    reader.take(built(builders, count));
                    count = 0;
                }
            }
        }
        if (count > 0) {
            reader.take(built(builders, count));
        }
    }

    private static ColumnBatch built(ColumnBuilder[] builders, int count) {
        return new ColumnBatch(
                count, Arrays.stream(builders).map(ColumnBuilder::build).toList());
    }

    /** Tells of the sessions that end at or below a watermark that has been reached, and forgets them. */
    void reached(long watermark) {
        if (isRestored) {
            // it is the one that was reached when they were saved; a session that a row has left since then, and
            // that it would close, closes with the next
            isRestored = false;
        } else {
            close(watermark);
        }
    }

    private void close(long watermark) {
        while (ends.earliest() <= watermark && !ends.isEmpty()) {
            long end = ends.earliest();
            int key = ends.poll();
            if (queued[key] != end) {
                continue;
            }
            queued[key] = Long.MAX_VALUE;
            while (queued[key] == Long.MAX_VALUE && cursor.first(key)) {
                bound(key, time());
                if (lastTime + gap > watermark) {
                    queued[key] = lastTime + gap;
                    ends.add(queued[key], key);
                } else {
                    close(key, firstTime, lastTime);
                }
            }
        }
    }

    /** The same for all sessions that there are. */
    void closeAll() {
        for (int key = 0; key < keys.size(); key++) {
            long number = number(key);
            while (cursor.first(number)) {
                bound(number, time());
                close(number, firstTime, lastTime);
            }
        }
    }

    private void close(long key, long first, long last) {
        if (isNear(touchedCursor, key, first, last)) {
            listener.after(key, first, last);
        }
        listener.closing(key, first, last);
        pieces.changing(recordOf[(int) key]);
        while (cursor.ceiling(key, first) && time() <= last) {
            rows.add(key, cursor.page(), cursor.at(), -cursor.count());
        }
    }

    /** Tells of the sessions that the step has changed, as they are now. */
    void endStep() {
        for (int key = touchedKeys.nextSetBit(0); key >= 0; key = touchedKeys.nextSetBit(key + 1)) {
            long told = Long.MIN_VALUE;
            for (boolean has = touchedCursor.first(key); has; has = touchedCursor.next()) {
                long time = touchedCursor.page()[touchedCursor.at()];
                told = cursor.floor(key, time) && time() >= time - gap ? tellAfter(key, time(), told) : told;
                told = cursor.ceiling(key, time) && time() <= time + gap ? tellAfter(key, time(), told) : told;
            }
            touched.remove(key);
        }
        touchedKeys = new BitSet();
        touchedTimes = 0;
        sweep();
    }

    private long tellAfter(long key, long time, long told) {
        if (time <= told) {
            return told;
        }
        bound(key, time);
        listener.after(key, firstTime, lastTime);
        return lastTime;
    }

    /** The rows of each key. */
    SavedState state() {
        return pieces;
    }

    private void write(int[] records, int count, StateWriter out) {
        out.count(count);
        for (int i = 0; i < count; i++) {
            keyLayout.save(keys.page(records[i]), keys.at(records[i]), interner, out);
            OrderedCounts.Cursor all = rows.all();
            boolean has = all.first(number(records[i]));
            for (; has; has = all.next()) {
                out.flag(true);
                rowLayout.save(all.page(), all.at(), interner, out);
                out.number(all.count());
            }
            out.flag(false);
        }
    }

    private void restore(StateReader in) {
        isRestored = true;
        long[] key = new long[keyLayout.width()];
        long[] row = new long[rowLayout.width()];
        for (int left = in.count(); left > 0; left--) {
            keyLayout.restore(key, 0, interner, in);
            keyWords.put(0, key);
            keyWords.hash(1);
            findKeys(1);
            long number = number(groups[0]);
            rows.remove(number);
            while (in.flag()) {
                rowLayout.restore(row, 0, interner, in);
                rows.add(number, row, 0, in.number());
            }
            queued[(int) number] = Long.MAX_VALUE;
            if (closes && cursor.first(number)) {
                queued[(int) number] = time() + gap;
                ends.add(time() + gap, (int) number);
            }
        }
    }

    private void sweep() {
        if (pieces.isSaving()) {
            return;
        }
        if (keys.size() > Math.max(MIN_SWEEP, 2 * keysAfterSweep) || interner.isSweepDue()) {
            dropKeys();
        }
        if (interner.isSweepDue()) {
            interner.beginMark();
            keyLayout.mark(keys, interner);
            rows.mark(interner);
            interner.sweep();
        }
    }

    /** Forgets keys without rows, if they are many. */
    private void dropKeys() {
        BitSet unused = new BitSet(keys.size());
        for (int key = 0; key < keys.size(); key++) {
            unused.set(key, !cursor.first(number(key)));
        }
        if (unused.cardinality() > keys.size() / 2) {
            unused.stream().forEach(key -> numbers.free(number(key)));
            keys.compact(unused);
            for (int record = 0; record < keys.size(); record++) {
                recordOf[(int) number(record)] = record;
            }
            pieces.renumbered();
        }
        keysAfterSweep = keys.size();
    }

    long bytes() {
        return keys.bytes()
                + numbers.bytes()
                + rows.bytes()
                + touched.bytes()
                + ends.bytes()
                + pieces.bytes()
                + queued.length * (long) (Long.BYTES + Integer.BYTES)
                + interner.bytes();
    }
}
