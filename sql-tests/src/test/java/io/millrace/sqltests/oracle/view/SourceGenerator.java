package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes tables and streams; columns of one name have one type. */
final class SourceGenerator {
    private static final String LONG = "'" + "a text that is longer than what fits beside a key ".repeat(3) + "'";
    private static final List<String> TIMES = IntStream.range(0, 24)
            .mapToObj(i -> String.format("TIMESTAMP '2026-01-01 00:00:%02d.%03d'", i * 5 % 60, i * 125 % 1000))
            .toList();

    /** Values whose sums depend on the order of adding, unless they are exact. */
    private static final List<String> HARD_DOUBLES = List.of(
            "1E-1",
            "2E-1",
            "3E-1",
            "1E308",
            "(-1E308)",
            "1E-300",
            "(-0E0)",
            "0E0",
            "1E16",
            "1E0",
            "SQRT(-1E0)",
            "EXP(1E3)");

    private final Draw draw;

    SourceGenerator(Draw draw) {
        this.draw = draw;
    }

    List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (int i = 1 + draw.below(3); i > 0; i--) {
            sources.add(typed("t" + (sources.size() + 1)));
        }
        if (draw.percent(60)) {
            sources.add(numbers("n1"));
        }
        if (draw.percent(60)) {
            sources.add(events("e1"));
        }
        return sources;
    }

    private Source typed(String name) {
        boolean isStream = draw.percent(30);
        List<ValueType> types = draw.some(List.of(ValueType.values()), 1 + draw.below(4));
        int key = isStream || draw.percent(50) ? -1 : draw.below(types.size());
        List<Source.Column> columns = new ArrayList<>();
        for (ValueType type : types) {
            String column =
                    type.name().substring(0, 1).toLowerCase() + type.name().length();
            columns.add(column(column, type, columns.size() == key || draw.percent(20)));
        }
        return new Source(name, isStream, columns, key, -1);
    }

    private Source.Column column(String name, ValueType type, boolean notNull) {
        List<String> samples = new ArrayList<>();
        boolean isHard = type == ValueType.DOUBLE && draw.percent(25);
        if (isHard) {
            samples.addAll(HARD_DOUBLES);
        } else {
            type.samples().forEach(value -> samples.add(literal(type, value)));
        }
        if (type == ValueType.VARCHAR) {
            samples.add(LONG);
        }
        return new Source.Column(name, type.sql(), type, notNull, samples);
    }

    static String literal(ValueType type, Object value) {
        return type == ValueType.BOOLEAN && value != null ? value.toString().toUpperCase() : type.literal(value);
    }

    /** For aggregates of all numeric types. */
    private Source numbers(String name) {
        boolean isStream = draw.percent(25);
        List<Source.Column> columns = new ArrayList<>();
        columns.add(new Source.Column(
                "k", "INTEGER", null, false, draw.percent(50) ? List.of("1", "1", "1", "1", "2", "3") : List.of("1")));
        columns.add(
                new Source.Column("x", "INTEGER", null, false, List.of("0", "1", "2", "5", "-7", "6", "2147483647")));
        columns.add(new Source.Column(
                "y",
                "BIGINT",
                null,
                false,
                List.of("0", "1", "-1", "12", "4611686018427387904", "9223372036854775807")));
        columns.add(new Source.Column("z", "DOUBLE", null, false, HARD_DOUBLES));
        columns.add(new Source.Column("w", "DECIMAL(38, 4)", null, false, wide()));
        columns.add(new Source.Column("d", "DECIMAL(12, 3)", null, false, List.of("0", "1.5", "-2.125", "100000.001")));
        columns.add(new Source.Column("r", "REAL", null, false, List.of("0", "1.5", "-2.1", "3E7")));
        columns.add(new Source.Column("s", "VARCHAR", null, false, List.of("''", "'a'", "'b'", LONG, "'ä'")));
        return new Source(name, isStream, columns, -1, -1);
    }

    private List<String> wide() {
        List<String> values = new ArrayList<>(List.of("0", "1.5", "-2.0001", "12345678901234567890123.4567"));
        if (draw.percent(20)) {
            values.add("9999999999999999999999999999999999.9999");
        }
        return values;
    }

    /** A stream with a time. */
    private Source events(String name) {
        List<Source.Column> columns = new ArrayList<>();
        columns.add(new Source.Column("ts", "TIMESTAMP(3)", null, false, TIMES));
        columns.add(new Source.Column("k", "VARCHAR", null, false, List.of("'a'", "'a'", "'a'", "'b'", "''", LONG)));
        columns.add(new Source.Column("x", "INTEGER", null, false, List.of("1", "2", "3", "-4")));
        columns.add(new Source.Column("z", "DOUBLE", null, false, List.of("1E-1", "2E-1", "1E16", "(-0E0)", "1E0")));
        return new Source(name, true, columns, -1, draw.of(0, 5, 20));
    }
}
