package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes statements that change rows; some of them fail. */
final class StatementGenerator {
    private static final int MOST_ROWS = 6;

    private final Draw draw;

    StatementGenerator(Draw draw) {
        this.draw = draw;
    }

    Step change(Source source) {
        int kind = source.stream() ? 0 : draw.below(100);
        if (kind < 50) {
            return draw.percent(12) && source.sample() != null ? batch(source) : new Step.Change(insert(source));
        }
        return new Step.Change(kind < 78 ? update(source) : delete(source));
    }

    private String insert(Source source) {
        if (draw.percent(8)) {
            return "INSERT INTO " + source.name() + " SELECT * FROM " + source.name()
                    + (source.key() >= 0 || draw.percent(50) ? " WHERE FALSE" : "");
        }
        int count = draw.percent(5) ? 40 : 1 + draw.below(MOST_ROWS);
        List<String> rows = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < count; i++) {
            List<String> row = source.columns().stream().map(this::value).toList();
            if (source.key() < 0 || keys.add(row.get(source.key())) || draw.percent(2)) {
                rows.add("(" + String.join(", ", row) + ")");
            }
        }
        String values = String.join(", ", rows);
        if (source.key() >= 0 && !draw.percent(10)) { // else a row of a key that is there makes it fail
            String key = source.columns().get(source.key()).name();
            return "INSERT INTO " + source.name() + " SELECT * FROM (VALUES " + values + ") AS v (" + source.names()
                    + ") WHERE " + key + " NOT IN (SELECT " + key + " FROM " + source.name() + ")";
        }
        return "INSERT INTO " + source.name() + " VALUES " + values;
    }

    private String value(Source.Column column) {
        boolean isNull = draw.percent(column.notNull() ? 1 : 15);
        return isNull ? "CAST(NULL AS " + column.sql() + ")" : draw.of(column.samples());
    }

    private Step batch(Source source) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 1 + draw.below(MOST_ROWS); i > 0; i--) {
            List<Object> row = new ArrayList<>();
            for (Source.Column column : source.columns()) {
                row.add(
                        !column.notNull() && draw.percent(15)
                                ? null
                                : draw.of(column.type().samples()));
            }
            rows.add(row);
        }
        String marks = source.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        return new Step.Batch("INSERT INTO " + source.name() + " VALUES (" + marks + ")", rows);
    }

    private String update(Source source) {
        List<String> sets = new ArrayList<>();
        for (Source.Column column : draw.some(source.columns(), 1 + draw.below(2))) {
            if (source.columns().indexOf(column) != source.key() || draw.percent(15)) {
                sets.add(column.name() + " = " + changed(column));
            }
        }
        return sets.isEmpty()
                ? delete(source)
                : "UPDATE " + source.name() + " SET " + String.join(", ", sets) + where(source);
    }

    private String changed(Source.Column column) {
        boolean isNumber = column.type() == ValueType.INTEGER || column.sql().equals("INTEGER");
        if (isNumber && draw.percent(50)) {
            return draw.of(column.name() + " + 1", "- " + column.name(), "MOD(" + column.name() + ", 2)");
        }
        return draw.percent(30)
                ? "CASE WHEN " + condition(column) + " THEN " + value(column) + " ELSE " + column.name() + " END"
                : value(column);
    }

    private String delete(Source source) {
        return "DELETE FROM " + source.name() + where(source);
    }

    private String where(Source source) {
        return draw.percent(12) ? "" : " WHERE " + condition(draw.of(source.columns()));
    }

    private String condition(Source.Column column) {
        String name = column.name();
        boolean isComparable = column.type() != ValueType.BOOLEAN;
        switch (draw.below(isComparable ? 4 : 2)) {
            case 0:
                return name + " = " + draw.of(column.samples());
            case 1:
                return draw.percent(50) ? name + " IS NULL" : name + " <> " + draw.of(column.samples());
            case 2:
                return name + " < " + draw.of(column.samples());
            default:
                return name + " >= " + draw.of(column.samples());
        }
    }
}
