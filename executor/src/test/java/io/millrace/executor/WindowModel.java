package io.millrace.executor;

import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a windowed count and sum is by definition: row by row, window by window. After each row the watermark is the
 * highest (time - delay) so far; a window takes no row once the watermark has reached its end.
 */
final class WindowModel {
    private final WindowSpec window;
    private final boolean byRowTime;
    private final TreeMap<Key, long[]> windows = new TreeMap<>();
    /** First time, last time, count and sum of those that are open, by key. */
    private final Map<Long, List<long[]>> sessions = new HashMap<>();

    long watermark = Watermarks.NONE;

    WindowModel(WindowSpec window, TimeAttribute attribute) {
        this.window = window;
        this.byRowTime = attribute == TimeAttribute.ROW_TIME;
    }

    private record Key(long end, long key) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return end != other.end ? Long.compare(end, other.end) : Long.compare(key, other.key);
        }
    }

    WindowModel read(List<MemoryLog.Block> blocks) {
        for (MemoryLog.Block block : blocks) {
            for (int row = 0; row < block.rowCount(); row++) {
                LongColumn times = (LongColumn) block.columns().get(0);
                Long time = times.isNull(row) ? null : (Long) times.get(row);
                long key = ((LongColumn) block.columns().get(1)).get(row);
                long value = ((LongColumn) block.columns().get(2)).get(row);
                if (byRowTime) {
                    watermark = block.appendTime();
                    add(block.appendTime(), key, value);
                } else {
                    add(time, key, value);
                    if (time != null && time <= block.appendTime() + EngineFixture.SKEW) {
                        watermark = Math.max(watermark, time - EngineFixture.DELAY);
                    }
                }
            }
            if (block.rowCount() == 0 && !byRowTime) {
                watermark = Math.max(watermark, block.after());
            }
        }
        return this;
    }

    private void add(Long time, long key, long value) {
        if (time == null) {
            return;
        }
        if (window.isSession()) {
            addToSession(time, key, value);
            return;
        }
        if (window.kind() == WindowSpec.Kind.CUMULATE) {
            long start = window.offset() + Math.floorDiv(time - window.offset(), window.size()) * window.size();
            for (long end = start + window.slide(); end <= start + window.size(); end += window.slide()) {
                if (end > time && end > watermark) {
                    add(new Key(end, key), start, 1, value);
                }
            }
            return;
        }
        long start = window.offset() + Math.floorDiv(time - window.offset(), window.slide()) * window.slide();
        for (; start + window.size() > time; start -= window.slide()) {
            if (start + window.size() > watermark) {
                add(new Key(start + window.size(), key), start, 1, value);
            }
        }
    }

    private void add(Key key, long start, long count, long sum) {
        long[] window = windows.computeIfAbsent(key, absent -> new long[] {start, 0, 0});
        window[1] += count;
        window[2] += sum;
    }

    private void addToSession(long time, long key, long value) {
        close(watermark);
        long[] joined = {time, time, 1, value};
        List<long[]> open = sessions.computeIfAbsent(key, absent -> new ArrayList<>());
        List<long[]> apart = new ArrayList<>();
        boolean isAlone = true;
        for (long[] session : open) {
            if (time < session[0] - window.size() || time > session[1] + window.size()) {
                apart.add(session);
                continue;
            }
            isAlone = false;
            joined[0] = Math.min(joined[0], session[0]);
            joined[1] = Math.max(joined[1], session[1]);
            joined[2] += session[2];
            joined[3] += session[3];
        }
        if (!isAlone || time + window.size() > watermark) {
            apart.add(joined);
        }
        sessions.put(key, apart);
    }

    /** No row joins a session any more that ends at or below the watermark. */
    private void close(long reached) {
        sessions.forEach((key, open) -> open.removeIf(session -> {
            long end = session[1] + window.size();
            if (end <= reached) {
                add(new Key(end, key), session[0], session[2], session[3]);
            }
            return end <= reached;
        }));
    }

    /** Windows with {@code after < end <= until}, as rows of the query, in its order. */
    List<List<Long>> rows(long after, long until) {
        close(Long.MAX_VALUE);
        List<List<Long>> rows = new ArrayList<>();
        windows.forEach((key, sums) -> {
            if (key.end > after && key.end <= until) {
                rows.add(List.of(key.key, sums[0], key.end, sums[1], sums[2]));
            }
        });
        return rows;
    }
}
