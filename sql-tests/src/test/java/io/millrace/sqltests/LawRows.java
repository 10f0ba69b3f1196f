package io.millrace.sqltests;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/** Makes rows that are in disorder, late, early or without a time, and inserts them. */
final class LawRows {
    private static final long SECOND = 1_000_000;
    private static final long CENTURIES = 400L * 366 * 86_400 * SECOND;
    private static final List<String> KEYS =
            List.of("a", "ab", "b", "", "\uFFFD", "\uD834\uDD1E", "日本", "a word longer than fifteen bytes", "ERROR");

    private final Random random;
    private final LawModel.Time time;
    private final boolean hasNulls;
    private long cursor;

    /** @param start where the times begin */
    LawRows(Random random, LawModel.Time time, long start) {
        this.random = random;
        this.time = time;
        this.hasNulls = random.nextInt(4) > 0;
        this.cursor = start;
    }

    List<LawModel.Values> next(int count, long now, boolean mayBeAncient) {
        long stride = count > 100 ? 30_000 : 3 * SECOND;
        List<LawModel.Values> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            cursor += (long) (random.nextDouble() * stride);
            rows.add(new LawModel.Values(
                    time.isEventTime() ? time(now, mayBeAncient) : null,
                    orNull(KEYS.get(random.nextInt(KEYS.size()))),
                    orNull((long) random.nextInt(4)),
                    orNull((long) random.nextInt(200) - 100),
                    orNull((random.nextInt(400) - 200) / 4.0),
                    orNull(BigDecimal.valueOf(random.nextInt(20_000) - 10_000, 2)),
                    orNull(KEYS.get(random.nextInt(KEYS.size())) + random.nextInt(3))));
        }
        return rows;
    }

    private Long time(long now, boolean mayBeAncient) {
        int kind = random.nextInt(100);
        if (kind < 4) {
            return null;
        }
        if (kind == 4) {
            return toMillis(now + time.maxFutureSkew() + random.nextInt(3) * 1_000L);
        }
        if (kind == 5 && mayBeAncient) {
            return toMillis(cursor - CENTURIES);
        }
        long delay = kind < 60 ? 0 : (long) (random.nextDouble() * (kind < 90 ? time.delay() + SECOND : 40 * SECOND));
        long at = toMillis(cursor - delay);
        return kind % 5 == 0 ? at - Math.floorMod(at, SECOND) : at;
    }

    /** A row that is later than all before, so that windows close. */
    List<LawModel.Values> last(long now) {
        cursor = Math.min(cursor + 1_000 * SECOND, now + time.maxFutureSkew());
        return List.of(new LawModel.Values(
                time.isEventTime() ? toMillis(cursor) : null, "a", 2L, 0L, 1.0, BigDecimal.valueOf(100, 2), "s"));
    }

    private static long toMillis(long micros) {
        return micros - Math.floorMod(micros, 1_000);
    }

    private <T> T orNull(T value) {
        return hasNulls && random.nextInt(8) == 0 ? null : value;
    }

    static void insertLiterals(Connection connection, String stream, List<LawModel.Values> rows) throws SQLException {
        StringJoiner values = new StringJoiner(", ", "INSERT INTO " + stream + " (ts, a, b, v, d, m, s) VALUES ", "");
        for (LawModel.Values row : rows) {
            values.add("(" + (row.time() == null ? "NULL" : "TIMESTAMP '" + LawQuery.text(row.time()) + "'") + ", "
                    + text(row.a()) + ", " + row.b() + ", " + row.v() + ", "
                    + (row.d() == null ? "NULL" : row.d() + "e0") + ", " + row.m() + ", " + text(row.s()) + ")");
        }
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(values.toString());
        }
    }

    private static String text(String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }

    static void insertBatch(Connection connection, String stream, List<LawModel.Values> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + stream + " (ts, a, b, v, d, m, s) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            for (LawModel.Values row : rows) {
                Timestamp time = row.time() == null ? null : Timestamp.valueOf(LawQuery.text(row.time()));
                insert.setTimestamp(1, time);
                insert.setString(2, row.a());
                insert.setObject(3, row.b(), Types.BIGINT);
                insert.setObject(4, row.v(), Types.BIGINT);
                insert.setObject(5, row.d(), Types.DOUBLE);
                insert.setBigDecimal(6, row.m());
                insert.setString(7, row.s());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
