package io.millrace.sqltests;

import java.util.ArrayList;
import java.util.List;

/** The rows of one session of a {@link LawQuery}, and the times of its first and last. */
record LawSession(long first, long last, List<LawModel.Values> rows) {
    static LawSession of(long time, LawModel.Values row) {
        return new LawSession(time, time, List.of(row));
    }

    boolean isWithin(long time, long gap) {
        return time >= first - gap && time <= last + gap;
    }

    LawSession with(LawSession other) {
        List<LawModel.Values> all = new ArrayList<>(rows);
        all.addAll(other.rows);
        return new LawSession(Math.min(first, other.first), Math.max(last, other.last), all);
    }
}
