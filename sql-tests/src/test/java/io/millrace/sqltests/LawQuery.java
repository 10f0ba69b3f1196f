package io.millrace.sqltests;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A windowed query: its text in each spelling, and its answer over the rows of a {@link LawModel}. */
record LawQuery(
        String stream,
        Kind kind,
        Spelling spelling,
        String timeColumn,
        long size,
        long slide,
        long offset,
        List<String> keys,
        boolean showsBounds,
        List<LawAggregate> aggregates,
        Condition where,
        Having having) {

    /** TUMBLE is a HOP whose slide is its size. */
    enum Kind {
        HOP,
        CUMULATE,
        SESSION
    }

    enum Spelling {
        SUGAR,
        FUNCTION,
        GROUPED
    }

    record Condition(String sql, Predicate<LawModel.Values> test) {}

    record Having(String sql, Predicate<List<LawModel.Values>> test) {}

    private record Group(long start, long end, List<Object> key) {}

    private static final long MILLI = 1_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter TIME_IN_MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final Comparator<Object> KEY = Comparator.nullsLast(LawQuery::compareKeys);
    private static final Comparator<Group> BY_WINDOW_AND_KEYS =
            Comparator.comparingLong(Group::end).thenComparing(Group::key, LawQuery::compareAll);
    private static final List<Condition> CONDITIONS = List.of(
            new Condition("", row -> true),
            new Condition("", row -> true),
            new Condition("v > -50", row -> row.v() != null && row.v() > -50),
            new Condition("a LIKE 'a%'", row -> row.a() != null && row.a().startsWith("a")),
            new Condition(
                    "a IS NULL OR NOT a = 'b'",
                    row -> row.a() == null || !row.a().equals("b")),
            new Condition(
                    "NOT (v < 10 AND d > 0)",
                    row -> (row.v() != null && row.v() >= 10) || (row.d() != null && row.d() <= 0)));
    private static final List<Having> HAVINGS = List.of(
            new Having("", rows -> true),
            new Having("", rows -> true),
            new Having("COUNT(*) > 1", rows -> rows.size() > 1),
            new Having("SUM(v) >= 0", rows -> {
                List<Long> values = rows.stream()
                        .map(LawModel.Values::v)
                        .filter(Objects::nonNull)
                        .toList();
                return !values.isEmpty()
                        && values.stream().mapToLong(Long::longValue).sum() >= 0;
            }));

    static LawQuery random(Random random, String stream, boolean isEventTime) {
        long slide = MILLI * List.of(500, 1_000, 3_000, 7_001, 10_000, 60_000).get(random.nextInt(6));
        Kind kind = List.of(Kind.HOP, Kind.HOP, Kind.HOP, Kind.CUMULATE, Kind.SESSION, Kind.SESSION)
                .get(random.nextInt(6));
        boolean isSession = kind == Kind.SESSION;
        long size = isSession || random.nextInt(3) == 0 ? slide : slide * (1 + random.nextInt(12));
        size += kind == Kind.HOP && random.nextInt(3) == 0 ? MILLI * random.nextInt((int) (slide / MILLI)) : 0;
        Spelling spelling = Spelling.values()[random.nextInt(3)];
        boolean isOfAllRows = isSession && spelling == Spelling.FUNCTION;
        long offset = !isSession && random.nextInt(3) == 0 ? MILLI * random.nextInt((int) (3 * slide / MILLI)) : 0;
        List<String> keys = List.of(List.<String>of(), List.of("a"), List.of("b"), List.of("a", "b"), List.of("b", "a"))
                .get(random.nextInt(5));
        List<LawAggregate> aggregates = Stream.generate(() -> LawAggregate.random(random))
                .limit(1 + random.nextInt(4))
                .toList();
        return new LawQuery(
                stream,
                kind,
                spelling,
                isEventTime && random.nextInt(5) > 0 ? "ts" : "rowtime",
                size,
                slide,
                offset,
                keys,
                random.nextBoolean(),
                aggregates,
                CONDITIONS.get(isOfAllRows ? 0 : random.nextInt(CONDITIONS.size())),
                HAVINGS.get(random.nextInt(HAVINGS.size())));
    }

    /** Never ends. */
    String continuous(boolean sinceBeginning, boolean usesStream) {
        String since = sinceBeginning ? " SINCE BEGINNING" : "";
        if (spelling == Spelling.SUGAR) {
            String group = keys.isEmpty() || usesStream ? "" : " GROUP BY " + String.join(", ", keys);
            return "SELECT " + items("window_start", "window_end") + " FROM " + stream + " WINDOW " + sugar()
                    + whereClause() + group + havingClause() + since;
        }
        return bounded().replaceFirst("SELECT", usesStream ? "SELECT STREAM" : "SELECT")
                + since
                + (usesStream ? "" : " EMIT ON WINDOW CLOSE");
    }

    /** The same over what is there, open windows too. */
    String bounded() {
        if (spelling == Spelling.GROUPED || (kind == Kind.SESSION && spelling == Spelling.SUGAR)) {
            String arguments = timeColumn + (hasSlide() ? ", " + duration(slide) : "") + ", " + duration(size)
                    + (offset == 0 ? "" : ", " + duration(offset));
            String name = name();
            return "SELECT " + items(name + "_START(" + arguments + ")", name + "_END(" + arguments + ")") + " FROM "
                    + stream + whereClause() + " GROUP BY "
                    + Stream.concat(keys.stream(), Stream.of(name + "(" + arguments + ")"))
                            .collect(Collectors.joining(", "))
                    + havingClause();
        }
        return "SELECT " + items("window_start", "window_end") + " FROM TABLE(" + function() + ")" + whereClause()
                + " GROUP BY "
                + Stream.concat(Stream.of("window_start", "window_end"), keys.stream())
                        .collect(Collectors.joining(", "))
                + havingClause();
    }

    private String items(String start, String end) {
        Stream<String> bounds = showsBounds ? Stream.of(start, end) : Stream.of();
        return Stream.of(keys.stream(), bounds, aggregates.stream().map(LawAggregate::sql))
                .flatMap(items -> items)
                .collect(Collectors.joining(", "));
    }

    private String sugar() {
        String shift = (offset == 0 ? "" : ", OFFSET => " + duration(offset))
                + (timeColumn.equals("ts") ? "" : ", ON => rowtime");
        boolean isNamed = !shift.isEmpty();
        String first = kind == Kind.SESSION ? "GAP" : "SIZE";
        return name() + "(" + (isNamed ? first + " => " : "") + duration(size)
                + (hasSlide() ? ", " + (isNamed ? slideName() + " => " : "") + duration(slide) : "") + shift + ")";
    }

    private String name() {
        return kind == Kind.HOP && size == slide ? "TUMBLE" : kind.name();
    }

    private boolean hasSlide() {
        return kind == Kind.CUMULATE || (kind == Kind.HOP && size != slide);
    }

    private String slideName() {
        return kind == Kind.CUMULATE ? "STEP" : "SLIDE";
    }

    private String function() {
        boolean isSession = kind == Kind.SESSION;
        String partition = isSession && !keys.isEmpty() ? " PARTITION BY (" + String.join(", ", keys) + ")" : "";
        return name() + "(DATA => TABLE " + stream + partition + ", TIMECOL => DESCRIPTOR(" + timeColumn + ")"
                + (hasSlide() ? ", " + slideName() + " => " + duration(slide) : "")
                + (isSession ? ", GAP => " : ", SIZE => ") + duration(size)
                + (offset == 0 ? "" : ", \"OFFSET\" => " + duration(offset)) + ")";
    }

    private String whereClause() {
        return where.sql().isEmpty() ? "" : " WHERE " + where.sql();
    }

    private String havingClause() {
        return having.sql().isEmpty() ? "" : " HAVING " + having.sql();
    }

    private static String duration(long micros) {
        return micros % 1_000_000 == 0 ? micros / 1_000_000 + "s" : micros / MILLI + "ms";
    }

    boolean isByAppendTime() {
        return timeColumn.equals("rowtime");
    }

    /** The rows of all windows that end above {@code after} and at or below {@code upTo}, by window and keys. */
    List<String> answer(LawModel model, long after, long upTo) {
        List<String> answer = new ArrayList<>();
        Map<Group, List<LawModel.Values>> groups = kind == Kind.SESSION ? sessions(model) : windows(model);
        groups.forEach((group, rows) -> {
            if (group.end() > after && group.end() <= upTo && having.test().test(rows)) {
                answer.add(line(group, rows));
            }
        });
        return answer;
    }

    private Map<Group, List<LawModel.Values>> sessions(LawModel model) {
        Map<List<Object>, List<LawSession>> open = new HashMap<>();
        Map<Group, List<LawModel.Values>> closed = new TreeMap<>(BY_WINDOW_AND_KEYS);
        for (LawModel.Row row : model.rows()) {
            Long time = isByAppendTime()
                    ? Long.valueOf(row.appended())
                    : row.values().time();
            if (time == null || !where.test().test(row.values())) {
                continue;
            }
            long reached = isByAppendTime() ? row.appended() : row.watermarkBefore();
            List<Object> key = key(row.values());
            List<LawSession> ofKey = open.computeIfAbsent(key, absent -> new ArrayList<>());
            close(ofKey, key, reached, closed);
            LawSession alone = LawSession.of(time, row.values());
            LawSession joined = alone;
            List<LawSession> apart = new ArrayList<>();
            for (LawSession session : ofKey) {
                if (session.isWithin(time, size)) {
                    joined = session.with(joined);
                } else {
                    apart.add(session);
                }
            }
            if (joined != alone || time + size > reached) {
                apart.add(joined);
            }
            open.put(key, apart);
        }
        open.forEach((key, ofKey) -> close(ofKey, key, Long.MAX_VALUE, closed));
        return closed;
    }

    private void close(
            List<LawSession> sessions, List<Object> key, long reached, Map<Group, List<LawModel.Values>> closed) {
        sessions.removeIf(session -> {
            long end = session.last() + size;
            if (end <= reached) {
                closed.put(new Group(session.first(), end, key), session.rows());
            }
            return end <= reached;
        });
    }

    private Map<Group, List<LawModel.Values>> windows(LawModel model) {
        Map<Group, List<LawModel.Values>> groups = new TreeMap<>(BY_WINDOW_AND_KEYS);
        for (LawModel.Row row : model.rows()) {
            Long time = isByAppendTime()
                    ? Long.valueOf(row.appended())
                    : row.values().time();
            if (time == null || !where.test().test(row.values())) {
                continue;
            }
            long closed = isByAppendTime() ? LawModel.NONE : row.watermarkBefore();
            boolean isGrowing = kind == Kind.CUMULATE;
            long last = time - Math.floorMod(time - offset, isGrowing ? size : slide) + size;
            for (long end = last; end > time && end > closed; end -= slide) {
                long start = isGrowing ? last - size : end - size;
                groups.computeIfAbsent(new Group(start, end, key(row.values())), group -> new ArrayList<>())
                        .add(row.values());
            }
        }
        return groups;
    }

    private String line(Group group, List<LawModel.Values> rows) {
        StringJoiner line = new StringJoiner("|");
        group.key().forEach(key -> line.add(key == null ? "NULL" : key.toString()));
        if (showsBounds) {
            line.add(bound(group.start())).add(bound(group.end()));
        }
        aggregates.forEach(aggregate -> line.add(aggregate.value(rows)));
        return line.toString();
    }

    private List<Object> key(LawModel.Values row) {
        return keys.stream().map(key -> key.equals("a") ? row.a() : row.b()).collect(Collectors.toList());
    }

    static String text(long micros) {
        return text(micros, TIME);
    }

    /** Append times, and so the bounds of sessions of them, have microseconds. */
    private static String bound(long micros) {
        return text(micros, Math.floorMod(micros, MILLI) == 0 ? TIME : TIME_IN_MICROS);
    }

    private static String text(long micros, DateTimeFormatter format) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                        ZoneOffset.UTC)
                .format(format);
    }

    static int compareBytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static int compareKeys(Object left, Object right) {
        return left instanceof Long number
                ? number.compareTo((Long) right)
                : compareBytes((String) left, (String) right);
    }

    private static int compareAll(List<Object> left, List<Object> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = KEY.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
