package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A GROUP BY clause.
 *
 * @param keys none when all rows are one group
 * @param sets of GROUPING SETS, the indexes of keys of each
 */
public record Grouping(Kind kind, List<Expression> keys, List<List<Integer>> sets) implements Part<Grouping> {
    /** Which sets of keys the rows are grouped by. */
    public enum Kind {
        PLAIN,
        ROLLUP,
        CUBE,
        SETS
    }

    @Override
    public String sql() {
        String list = keys.stream().map(Part::sql).collect(Collectors.joining(", "));
        if (keys.isEmpty()) {
            return "";
        }
        switch (kind) {
            case PLAIN:
                return " GROUP BY " + list;
            case SETS:
                return " GROUP BY GROUPING SETS ("
                        + sets.stream().map(this::text).collect(Collectors.joining(", ")) + ")";
            default:
                return " GROUP BY " + kind + " (" + list + ")";
        }
    }

    private String text(List<Integer> set) {
        return set.stream().map(key -> keys.get(key).sql()).collect(Collectors.joining(", ", "(", ")"));
    }

    /** The sets of keys that rows are grouped by. */
    List<List<Expression>> keySets() {
        List<List<Expression>> keySets = new ArrayList<>();
        switch (kind) {
            case PLAIN:
                keySets.add(keys);
                break;
            case ROLLUP:
                IntStream.rangeClosed(0, keys.size()).forEach(size -> keySets.add(keys.subList(0, size)));
                break;
            case CUBE:
                IntStream.range(0, 1 << keys.size())
                        .forEach(bits -> keySets.add(IntStream.range(0, keys.size())
                                .filter(key -> (bits >> key & 1) == 1)
                                .mapToObj(keys::get)
                                .collect(Collectors.toList())));
                break;
            default:
                sets.forEach(set -> keySets.add(set.stream().map(keys::get).collect(Collectors.toList())));
        }
        return keySets;
    }

    @Override
    public Stream<Grouping> smaller() {
        return Stream.of(
                        Stream.of(new Grouping(Kind.PLAIN, List.of(), List.of())),
                        kind == Kind.PLAIN
                                ? Stream.<Grouping>of()
                                : Stream.of(new Grouping(Kind.PLAIN, keys, List.of())),
                        Part.shorter(sets).map(less -> new Grouping(kind, keys, less)),
                        kind == Kind.SETS
                                ? Stream.<Grouping>of()
                                : Part.shorter(keys).map(less -> new Grouping(kind, less, sets)))
                .flatMap(less -> less)
                .filter(less -> !less.equals(this));
    }
}
