package io.millrace.executor;

import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a windowed count and sum is by definition: row by row, window by window. After each row the watermark is the
 * highest (time - delay) so far; a window takes no row once the watermark has reached its end.
 */
final class WindowModel {
    private final WindowSpec window;
    private final boolean byRowTime;
    private final TreeMap<Key, long[]> windows = new TreeMap<>();

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
        long start = window.offset() + Math.floorDiv(time - window.offset(), window.slide()) * window.slide();
        for (; start + window.size() > time; start -= window.slide()) {
            if (start + window.size() > watermark) {
                long[] sums = windows.computeIfAbsent(new Key(start + window.size(), key), absent -> new long[2]);
                sums[0]++;
                sums[1] += value;
            }
        }
    }

    /** Windows with {@code after < end <= until}, as rows of the query, in its order. */
    List<List<Long>> rows(long after, long until) {
        List<List<Long>> rows = new ArrayList<>();
        windows.forEach((key, sums) -> {
            if (key.end > after && key.end <= until) {
                rows.add(List.of(key.key, key.end - window.size(), key.end, sums[0], sums[1]));
            }
        });
        return rows;
    }
}
