package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A query with an order, of which a part may be taken; then all columns are keys, so that the part is determined.
 *
 * @param limit null: none
 * @param offset 0: none
 */
public record OrderedQuery(Query query, List<Key> keys, Integer limit, int offset) implements Query {
    /**
     * A column of the result.
     *
     * @param nullsFirst null: as the default says
     */
    public record Key(int column, boolean descending, Boolean nullsFirst) {
        String sql() {
            return (column + 1)
                    + (descending ? " DESC" : "")
                    + (nullsFirst == null ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST");
        }
    }

    @Override
    public List<ValueType> types() {
        return query.types();
    }

    @Override
    public String sql() {
        return query.sql()
                + keys.stream().map(Key::sql).collect(Collectors.joining(", ", " ORDER BY ", ""))
                + (limit == null ? "" : " LIMIT " + limit)
                + (offset == 0 ? "" : " OFFSET " + offset);
    }

    /** Compares rows by the keys. */
    public Comparator<List<Object>> order() {
        return (left, right) -> {
            for (Key key : keys) {
                int sign = ValueOrder.compareKeys(
                        left.get(key.column()), right.get(key.column()), key.descending(), key.nullsFirst());
                if (sign != 0) {
                    return sign;
                }
            }
            return 0;
        };
    }

    @Override
    public List<List<Object>> rows(Environment environment) {
        List<List<Object>> rows = new ArrayList<>(query.rows(environment));
        rows.sort(order());
        int from = Math.min(offset, rows.size());
        int end = limit == null ? rows.size() : Math.min(rows.size(), from + limit);
        return rows.subList(from, end);
    }

    @Override
    public Stream<Query> smaller() {
        return Stream.concat(
                Stream.of(query, new OrderedQuery(query, keys, null, 0)).filter(less -> !less.equals(this)),
                query.smaller()
                        .filter(less -> less.types().size() == types().size())
                        .map(less -> new OrderedQuery(less, keys, limit, offset)));
    }
}
