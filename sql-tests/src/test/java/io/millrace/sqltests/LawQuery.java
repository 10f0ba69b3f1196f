package io.millrace.sqltests;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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

    enum Spelling {
        SUGAR,
        FUNCTION,
        GROUPED
    }

    record Condition(String sql, Predicate<LawModel.Values> test) {}

    record Having(String sql, Predicate<List<LawModel.Values>> test) {}

    private record Group(long start, List<Object> key) {}

    private static final long MILLI = 1_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final Comparator<Object> KEY = Comparator.nullsLast(LawQuery::compareKeys);
    private static final Comparator<Group> BY_WINDOW_AND_KEYS =
            Comparator.comparingLong(Group::start).thenComparing(Group::key, LawQuery::compareAll);
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
        long size = random.nextInt(3) == 0 ? slide : slide * (1 + random.nextInt(12));
        size += random.nextInt(3) == 0 ? MILLI * random.nextInt((int) (slide / MILLI)) : 0;
        long offset = random.nextInt(3) == 0 ? MILLI * random.nextInt((int) (3 * slide / MILLI)) : 0;
        List<String> keys = List.of(List.<String>of(), List.of("a"), List.of("b"), List.of("a", "b"), List.of("b", "a"))
                .get(random.nextInt(5));
        List<LawAggregate> aggregates = Stream.generate(() -> LawAggregate.random(random))
                .limit(1 + random.nextInt(4))
                .toList();
        return new LawQuery(
                stream,
                Spelling.values()[random.nextInt(3)],
                isEventTime && random.nextInt(5) > 0 ? "ts" : "rowtime",
                size,
                slide,
                offset,
                keys,
                random.nextBoolean(),
                aggregates,
                CONDITIONS.get(random.nextInt(CONDITIONS.size())),
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
        if (spelling == Spelling.GROUPED) {
            String arguments = timeColumn + (isTumble() ? "" : ", " + duration(slide)) + ", " + duration(size)
                    + (offset == 0 ? "" : ", " + duration(offset));
            String name = isTumble() ? "TUMBLE" : "HOP";
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
        return isTumble()
                ? "TUMBLE(" + (isNamed ? "SIZE => " : "") + duration(size) + shift + ")"
                : "HOP(" + (isNamed ? "SIZE => " : "") + duration(size) + ", " + (isNamed ? "SLIDE => " : "")
                        + duration(slide) + shift + ")";
    }

    private String function() {
        return (isTumble() ? "TUMBLE" : "HOP") + "(DATA => TABLE " + stream + ", TIMECOL => DESCRIPTOR(" + timeColumn
                + ")" + (isTumble() ? "" : ", SLIDE => " + duration(slide)) + ", SIZE => " + duration(size)
                + (offset == 0 ? "" : ", \"OFFSET\" => " + duration(offset)) + ")";
    }

    private String whereClause() {
        return where.sql().isEmpty() ? "" : " WHERE " + where.sql();
    }

    private String havingClause() {
        return having.sql().isEmpty() ? "" : " HAVING " + having.sql();
    }

    private boolean isTumble() {
        return size == slide;
    }

    private static String duration(long micros) {
        return micros % 1_000_000 == 0 ? micros / 1_000_000 + "s" : micros / MILLI + "ms";
    }

    boolean isByAppendTime() {
        return timeColumn.equals("rowtime");
    }

    /** The rows of all windows that end above {@code after} and at or below {@code upTo}, by window and keys. */
    List<String> answer(LawModel model, long after, long upTo) {
        Map<Group, List<LawModel.Values>> groups = new TreeMap<>(BY_WINDOW_AND_KEYS);
        for (LawModel.Row row : model.rows()) {
            Long time = isByAppendTime()
                    ? Long.valueOf(row.appended())
                    : row.values().time();
            if (time == null || !where.test().test(row.values())) {
                continue;
            }
            long closed = isByAppendTime() ? LawModel.NONE : row.watermarkBefore();
            long last = time - Math.floorMod(time - offset, slide);
            for (long start = last; start + size > time; start -= slide) {
                long end = start + size;
                if (end > closed && end > after && end <= upTo) {
                    groups.computeIfAbsent(new Group(start, key(row.values())), group -> new ArrayList<>())
                            .add(row.values());
                }
            }
        }
        List<String> answer = new ArrayList<>();
        groups.forEach((group, rows) -> {
            if (having.test().test(rows)) {
                answer.add(line(group, rows));
            }
        });
        return answer;
    }

    private String line(Group group, List<LawModel.Values> rows) {
        StringJoiner line = new StringJoiner("|");
        group.key().forEach(key -> line.add(key == null ? "NULL" : key.toString()));
        if (showsBounds) {
            line.add(text(group.start())).add(text(group.start() + size));
        }
        aggregates.forEach(aggregate -> line.add(aggregate.value(rows)));
        return line.toString();
    }

    private List<Object> key(LawModel.Values row) {
        return keys.stream().map(key -> key.equals("a") ? row.a() : row.b()).collect(Collectors.toList());
    }

    static String text(long micros) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                        ZoneOffset.UTC)
                .format(TIME);
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
