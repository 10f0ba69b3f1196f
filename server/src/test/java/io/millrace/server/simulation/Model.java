package io.millrace.server.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What has been acknowledged, and what views must make of it; shares no code with the engine. */
final class Model {
    static final Map<String, String> DEFINITIONS = new TreeMap<>(Map.of(
            "s", "CREATE STREAM s (id BIGINT NOT NULL, k INT, v INT)",
            "t", "CREATE TABLE t (k INT PRIMARY KEY, w INT NOT NULL)"));

    /** What else the stream can be. */
    static final String WITH_RETENTION = " WITH (retention = '2s')";

    /** The views that there can be; each comes after those that it reads. */
    static final Map<String, View> VIEWS = views();

    /** The first numbers of rows of two clients differ by that. */
    static final long CLIENT = 1_000_000;

    private final List<Row> stream = new ArrayList<>();
    private final TreeMap<Integer, Integer> table = new TreeMap<>();

    /** A row of the stream. */
    record Row(long id, Integer k, int v) {}

    /**
     * A view.
     *
     * @param rows what it must have
     */
    record View(String query, Function<Model, List<String>> rows) {}

    private static Map<String, View> views() {
        Map<String, View> views = new TreeMap<>();
        views.put("a_counts", new View("SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k", Model::counts));
        views.put("b_of_counts", new View("SELECT n, COUNT(*) AS c FROM a_counts GROUP BY n", Model::ofCounts));
        views.put(
                "c_extremes",
                new View(
                        "SELECT k, MIN(v) AS low, MAX(v) AS high, COUNT(DISTINCT v) AS d FROM s GROUP BY k",
                        Model::extremes));
        views.put(
                "d_joined",
                new View("SELECT t.w, COUNT(*) AS n FROM s JOIN t ON s.k = t.k GROUP BY t.w", Model::joined));
        views.put("e_outer", new View("SELECT s.id, t.w FROM s LEFT JOIN t ON s.k = t.k", Model::outer));
        views.put("f_keys", new View("SELECT DISTINCT k FROM s WHERE v > 50", Model::keys));
        views.put("g_table", new View("SELECT w, COUNT(*) AS n, MAX(k) AS k FROM t GROUP BY w", Model::ofTable));
        return views;
    }

    void append(List<Row> rows) {
        stream.addAll(rows);
    }

    TreeMap<Integer, Integer> table() {
        return table;
    }

    List<String> streamRows() {
        return stream.stream().map(row -> row.id + "|" + row.k + "|" + row.v).toList();
    }

    /** Whether rows can be what retention leaves: of each client the last ones. */
    boolean isLeft(List<String> there) {
        TreeSet<Long> all = new TreeSet<>();
        stream.forEach(row -> all.add(row.id));
        Set<Long> present = new HashSet<>();
        there.forEach(row -> present.add(Long.valueOf(row.split("\\|")[0])));
        for (long id : present) {
            Long next = all.higher(id);
            boolean isLast = next == null || next / CLIENT != id / CLIENT;
            if (!isLast && !present.contains(next)) {
                return false;
            }
        }
        return Set.copyOf(streamRows()).containsAll(there) && present.size() == there.size();
    }

    List<String> tableRows() {
        return table.entrySet().stream()
                .map(entry -> entry.getKey() + "|" + entry.getValue())
                .toList();
    }

    private Map<Integer, List<Row>> byKey() {
        Map<Integer, List<Row>> groups = new HashMap<>();
        stream.forEach(
                row -> groups.computeIfAbsent(row.k, key -> new ArrayList<>()).add(row));
        return groups;
    }

    private List<String> counts() {
        List<String> rows = new ArrayList<>();
        byKey().forEach((k, group) -> rows.add(
                k + "|" + group.size() + "|" + group.stream().mapToLong(Row::v).sum()));
        return rows;
    }

    private List<String> ofCounts() {
        Map<Integer, Integer> sizes = new TreeMap<>();
        byKey().values().forEach(group -> sizes.merge(group.size(), 1, Integer::sum));
        return texts(sizes);
    }

    private List<String> extremes() {
        List<String> rows = new ArrayList<>();
        byKey().forEach((k, group) -> {
            TreeSet<Integer> values = new TreeSet<>();
            group.forEach(row -> values.add(row.v));
            rows.add(k + "|" + values.first() + "|" + values.last() + "|" + values.size());
        });
        return rows;
    }

    private List<String> joined() {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (Row row : stream) {
            Integer w = row.k == null ? null : table.get(row.k);
            if (w != null) {
                counts.merge(w, 1, Integer::sum);
            }
        }
        return texts(counts);
    }

    private List<String> outer() {
        return stream.stream()
                .map(row -> row.id + "|" + (row.k == null ? null : table.get(row.k)))
                .toList();
    }

    private List<String> keys() {
        return stream.stream()
                .filter(row -> row.v > 50)
                .map(row -> Objects.toString(row.k))
                .distinct()
                .toList();
    }

    private List<String> ofTable() {
        Map<Integer, Integer> counts = new TreeMap<>();
        Map<Integer, Integer> highest = new TreeMap<>();
        table.forEach((k, w) -> {
            counts.merge(w, 1, Integer::sum);
            highest.merge(w, k, Math::max);
        });
        List<String> rows = new ArrayList<>();
        counts.forEach((w, n) -> rows.add(w + "|" + n + "|" + highest.get(w)));
        return rows;
    }

    private static List<String> texts(Map<Integer, Integer> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "|" + entry.getValue())
                .toList();
    }
}
