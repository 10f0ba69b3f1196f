package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A join.
 *
 * @param condition null when columns are shared, or for a product
 * @param shared of both sides, compared for equality; empty when there is a condition
 * @param natural whether the text leaves the shared ones to be found
 */
public record JoinSource(
        Kind kind, Source left, Source right, Expression condition, List<Shared> shared, boolean natural)
        implements Source {

    /** Which rows without a partner stay. */
    public enum Kind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS,
        COMMA;

        boolean keepsLeft() {
            return this == LEFT || this == FULL;
        }

        boolean keepsRight() {
            return this == RIGHT || this == FULL;
        }
    }

    /** A column of the same name on both sides, and the one that is made of them. */
    public record Shared(ColumnUse left, ColumnUse right, ColumnUse both) {
        public static Shared of(ColumnUse left, ColumnUse right) {
            return new Shared(
                    left, right, new ColumnUse(left.source() + "+" + right.source(), left.name(), left.type()));
        }
    }

    @Override
    public String sql() {
        if (kind == Kind.COMMA) {
            return left.sql() + ", " + right.sql();
        }
        String second = right instanceof JoinSource ? "(" + right.sql() + ")" : right.sql();
        String join = left.sql() + (natural ? " NATURAL " : " ") + kind + " JOIN " + second;
        if (kind == Kind.CROSS || natural) {
            return join;
        }
        return join
                + (shared.isEmpty()
                        ? " ON " + condition.sql()
                        : shared.stream()
                                .map(column -> column.both().name())
                                .collect(Collectors.joining(", ", " USING (", ")")));
    }

    @Override
    public List<ColumnUse> columns() {
        List<ColumnUse> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return columns;
    }

    @Override
    public List<ColumnUse> star() {
        List<ColumnUse> columns = new ArrayList<>();
        shared.forEach(column -> columns.add(column.both()));
        left.star().stream()
                .filter(column -> shared.stream().noneMatch(both -> both.left().equals(column)))
                .forEach(columns::add);
        right.star().stream()
                .filter(column -> shared.stream().noneMatch(both -> both.right().equals(column)))
                .forEach(columns::add);
        return columns;
    }

    @Override
    public List<Map<ColumnUse, Object>> rows(Environment environment) {
        List<Map<ColumnUse, Object>> lefts = left.rows(environment);
        List<Map<ColumnUse, Object>> rights = right.rows(environment);
        List<Map<ColumnUse, Object>> rows = new ArrayList<>();
        Set<Integer> matched = new HashSet<>();
        for (Map<ColumnUse, Object> first : lefts) {
            boolean found = false;
            for (int i = 0; i < rights.size(); i++) {
                Map<ColumnUse, Object> pair = pair(first, rights.get(i));
                if (arePartners(environment.withRow(pair))) {
                    rows.add(pair);
                    matched.add(i);
                    found = true;
                }
            }
            if (!found && kind.keepsLeft()) {
                rows.add(pair(first, padding(right)));
            }
        }
        for (int i = 0; kind.keepsRight() && i < rights.size(); i++) {
            if (!matched.contains(i)) {
                rows.add(pair(padding(left), rights.get(i)));
            }
        }
        return rows;
    }

    private boolean arePartners(Environment row) {
        for (Shared column : shared) {
            Object first = row.value(column.left());
            Object second = row.value(column.right());
            if (first == null || second == null || ValueOrder.compare(first, second) != 0) {
                return false;
            }
        }
        return row.isTrue(condition);
    }

    private Map<ColumnUse, Object> pair(Map<ColumnUse, Object> first, Map<ColumnUse, Object> second) {
        Map<ColumnUse, Object> pair = new HashMap<>(first);
        pair.putAll(second);
        for (Shared column : shared) {
            Object value = pair.get(column.left());
            pair.put(column.both(), value == null ? pair.get(column.right()) : value);
        }
        return pair;
    }

    private static Map<ColumnUse, Object> padding(Source source) {
        Map<ColumnUse, Object> nulls = new HashMap<>();
        Stream.concat(source.columns().stream(), source.star().stream()).forEach(column -> nulls.put(column, null));
        return nulls;
    }

    @Override
    public Stream<Source> smaller() {
        Stream<Source> parts = Stream.of(
                        Stream.of(left, right),
                        kind == Kind.INNER || kind == Kind.CROSS || kind == Kind.COMMA
                                ? Stream.<Source>of()
                                : Stream.<Source>of(with(Kind.INNER, left, right, condition)),
                        left.smaller().map(less -> with(kind, less, right, condition)),
                        right.smaller().map(less -> with(kind, left, less, condition)))
                .flatMap(less -> less);
        return condition == null
                ? parts
                : Stream.concat(parts, condition.smaller().map(less -> with(kind, left, right, less)));
    }

    private Source with(Kind newKind, Source newLeft, Source newRight, Expression newCondition) {
        return new JoinSource(newKind, newLeft, newRight, newCondition, shared, natural);
    }
}
