package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A SELECT of texts, for what expressions of known meaning do not have.
 *
 * @param keys those of GROUP BY, which are the first columns too
 * @param groups how they are written in GROUP BY, {@code %s} for the keys; null: not at all
 * @param items the columns after the keys
 * @param where null: none
 * @param having null: none
 */
record ClauseQuery(List<Item> keys, String groups, List<Item> items, String from, String where, String having)
        implements ViewQuery {
    /** A column. */
    record Item(String sql, ValueType type) {}

    @Override
    public String sql() {
        return "SELECT "
                + Stream.concat(keys.stream(), items.stream()).map(Item::sql).collect(Collectors.joining(", "))
                + " FROM " + from
                + (where == null ? "" : " WHERE " + where)
                + (groups == null || keys.isEmpty()
                        ? ""
                        : " GROUP BY "
                                + String.format(
                                        groups, keys.stream().map(Item::sql).collect(Collectors.joining(", "))))
                + (having == null ? "" : " HAVING " + having);
    }

    @Override
    public List<ValueType> types() {
        List<ValueType> types = new ArrayList<>();
        keys.forEach(key -> types.add(key.type()));
        items.forEach(item -> types.add(item.type()));
        return types;
    }

    @Override
    public Stream<ViewQuery> smaller() {
        Stream<ViewQuery> clauses = Stream.of(
                new ClauseQuery(keys, groups, items, from, null, having),
                new ClauseQuery(keys, groups, items, from, where, null),
                new ClauseQuery(keys, groups == null ? null : "%s", items, from, where, having));
        Stream<ViewQuery> lists = Stream.concat(
                shorter(items).map(fewer -> new ClauseQuery(keys, groups, fewer, from, where, having)),
                shorter(keys).map(fewer -> new ClauseQuery(fewer, groups, items, from, where, having)));
        return Stream.concat(clauses, lists).filter(less -> !less.equals(this));
    }

    private static Stream<List<Item>> shorter(List<Item> all) {
        return IntStream.range(0, all.size()).mapToObj(i -> {
            List<Item> rest = new ArrayList<>(all);
            rest.remove(i);
            return rest;
        });
    }
}
