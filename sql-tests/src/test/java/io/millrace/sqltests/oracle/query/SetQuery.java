package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A set operation. */
public record SetQuery(Kind kind, boolean all, Query left, Query right) implements Query {
    /** Which rows stay. */
    public enum Kind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    @Override
    public List<ValueType> types() {
        return left.types();
    }

    @Override
    public String sql() {
        return "(" + left.sql() + ") " + kind + (all ? " ALL (" : " (") + right.sql() + ")";
    }

    @Override
    public List<List<Object>> rows(Environment environment) {
        Map<List<Object>, Integer> lefts = new HashMap<>();
        Map<List<Object>, Integer> rights = new HashMap<>();
        Map<List<Object>, List<Object>> rows = new HashMap<>();
        count(left.rows(environment), lefts, rows);
        count(right.rows(environment), rights, rows);
        List<List<Object>> result = new ArrayList<>();
        rows.forEach((key, row) -> {
            int times = times(lefts.getOrDefault(key, 0), rights.getOrDefault(key, 0));
            for (int i = 0; i < times; i++) {
                result.add(row);
            }
        });
        return result;
    }

    private static void count(
            List<List<Object>> from, Map<List<Object>, Integer> counts, Map<List<Object>, List<Object>> rows) {
        for (List<Object> row : from) {
            List<Object> key = ValueOrder.key(row);
            counts.merge(key, 1, Integer::sum);
            rows.putIfAbsent(key, row);
        }
    }

    private int times(int ofLeft, int ofRight) {
        switch (kind) {
            case UNION:
                return all ? ofLeft + ofRight : 1;
            case INTERSECT:
                return all ? Math.min(ofLeft, ofRight) : Math.min(1, Math.min(ofLeft, ofRight));
            default:
                return all ? Math.max(0, ofLeft - ofRight) : ofRight == 0 ? Math.min(1, ofLeft) : 0;
        }
    }

    @Override
    public Stream<Query> smaller() {
        return Stream.of(
                        Stream.of(left, right),
                        left.smaller().map(less -> (Query) new SetQuery(kind, all, less, right)),
                        right.smaller().map(less -> (Query) new SetQuery(kind, all, left, less)))
                .flatMap(less -> less);
    }
}
