package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A SELECT.
 *
 * @param items null: {@code *}
 * @param from null: one row without columns
 * @param where null: none
 * @param grouping null: none
 * @param having null: none
 */
public record SelectQuery(
        boolean distinct, List<Expression> items, Source from, Expression where, Grouping grouping, Expression having)
        implements Query {
    @Override
    public List<ValueType> types() {
        return outputs().stream().map(Expression::type).toList();
    }

    private List<? extends Expression> outputs() {
        return items == null ? from.star() : items;
    }

    @Override
    public String sql() {
        String list = items == null ? "*" : items.stream().map(Part::sql).collect(Collectors.joining(", "));
        return "SELECT " + (distinct ? "DISTINCT " : "") + list
                + (from == null ? "" : " FROM " + from.sql())
                + (where == null ? "" : " WHERE " + where.sql())
                + (grouping == null ? "" : grouping.sql())
                + (having == null ? "" : " HAVING " + having.sql());
    }

    @Override
    public List<List<Object>> rows(Environment environment) {
        boolean hasAggregate = having != null || outputs().stream().anyMatch(Expression::isAggregated);
        if (hasAggregate
                ? grouping == null
                : grouping != null && grouping.keys().isEmpty()) {
            throw new NoAnswerException("aggregates and groups do not fit");
        }
        List<Map<ColumnUse, Object>> given = from == null ? List.of(Map.of()) : from.rows(environment);
        List<Environment> chosen = given.stream()
                .map(environment::withRow)
                .filter(row -> row.isTrue(where))
                .toList();
        List<List<Object>> rows = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Environment row : grouping == null ? chosen : groups(environment, chosen)) {
            if (row.isTrue(having)) {
                List<Object> values = new ArrayList<>();
                outputs().forEach(item -> values.add(row.value(item)));
                if (!distinct || seen.add(ValueOrder.key(values))) {
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private List<Environment> groups(Environment environment, List<Environment> rows) {
        List<Environment> groups = new ArrayList<>();
        for (List<Expression> keys : grouping.keySets()) {
            Map<List<Object>, List<Environment>> members = new LinkedHashMap<>();
            if (keys.isEmpty()) {
                members.put(List.of(), new ArrayList<>());
            }
            for (Environment row : rows) {
                List<Object> values = new ArrayList<>();
                keys.forEach(key -> values.add(row.value(key)));
                members.computeIfAbsent(ValueOrder.key(values), key -> new ArrayList<>())
                        .add(row);
            }
            for (List<Environment> group : members.values()) {
                Map<Expression, Object> values = new HashMap<>();
                grouping.keys().forEach(key -> values.put(key, null));
                keys.forEach(key -> values.put(key, group.get(0).value(key)));
                groups.add(environment.withGroup(values, group, keys));
            }
        }
        return groups;
    }

    @Override
    public Stream<Query> smaller() {
        return Stream.of(
                        from instanceof QuerySource source && source.columns().size() == types().size()
                                ? Stream.of(source.query())
                                : Stream.<Query>of(),
                        Part.without(
                                where, less -> (Query) new SelectQuery(distinct, items, from, less, grouping, having)),
                        Part.without(
                                having, less -> (Query) new SelectQuery(distinct, items, from, where, grouping, less)),
                        Part.without(
                                grouping, less -> (Query) new SelectQuery(distinct, items, from, where, less, having)),
                        from == null
                                ? Stream.<Query>of()
                                : from.smaller().map(less ->
                                        (Query) new SelectQuery(distinct, items, less, where, grouping, having)),
                        distinct
                                ? Stream.of((Query) new SelectQuery(false, items, from, where, grouping, having))
                                : Stream.<Query>of(),
                        items == null
                                ? Stream.<Query>of()
                                : Stream.concat(Part.shorter(items), Part.smallerIn(items))
                                        .map(less ->
                                                (Query) new SelectQuery(distinct, less, from, where, grouping, having)))
                .flatMap(less -> less);
    }
}
