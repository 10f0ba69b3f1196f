package io.millrace.sqltests;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a stream and its watermark are after each statement, by the rules of event time alone. Times are microseconds. */
final class LawModel {
    static final long NONE = Long.MIN_VALUE;

    /** How a stream's time moves; a stream without event time has its rows' append time. */
    record Time(boolean isEventTime, long delay, long idleTimeout, long maxFutureSkew) {}

    /** The values of a row, as they were inserted. */
    record Values(Long time, String a, Long b, Long v, Double d, BigDecimal m, String s) {}

    /** A row in the log: its values, and what was known when it came. */
    record Row(Values values, long appended, long watermarkBefore) {}

    private final Time time;
    private final List<Row> rows = new ArrayList<>();
    private long watermark = NONE;
    private long lastRow;
    private long watermarkAtLastRow = NONE;
    private long late;
    private long withoutTime;
    private long future;

    LawModel(Time time) {
        this.time = time;
    }

    List<Row> rows() {
        return rows;
    }

    Time time() {
        return time;
    }

    void append(List<Values> appended, long now) {
        watermark = watermark(now);
        for (Values values : appended) {
            rows.add(new Row(values, now, watermark));
            if (time.isEventTime()) {
                move(values.time(), now);
            }
        }
        lastRow = now;
        watermarkAtLastRow = watermark;
    }

    private void move(Long rowTime, long now) {
        if (rowTime == null) {
            withoutTime++;
        } else if (rowTime > now + time.maxFutureSkew()) {
            future++;
        } else {
            late += rowTime < watermark ? 1 : 0;
            watermark = Math.max(watermark, rowTime - time.delay());
        }
    }

    /** The watermark stays where it is while no server is there. */
    void stop(long now) {
        watermark = time.isEventTime() ? watermark(now) : watermark;
    }

    /** The time while no server was there does not count as silence, and counters begin anew. */
    void start(long now) {
        lastRow = now;
        watermarkAtLastRow = watermark;
        late = 0;
        withoutTime = 0;
        future = 0;
    }

    long watermark(long now) {
        if (!time.isEventTime()) {
            return rows.isEmpty() ? NONE : now;
        }
        boolean isIdle = watermarkAtLastRow != NONE && now - lastRow >= time.idleTimeout();
        return isIdle ? Math.max(watermark, watermarkAtLastRow + now - lastRow) : watermark;
    }

    /** As SHOW STREAMS counts: late, without a time, too far in the future. */
    String counts() {
        return late + "|" + withoutTime + "|" + future;
    }
}
