package io.millrace.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Changes the rows of the table. */
final class ChangingClient extends Client {
    private static final int KEYS = 6;

    private final TreeMap<Integer, Integer> table;

    ChangingClient(long number, Model model, SplittableRandom random) {
        super("changes-" + number, number, random);
        table = model.table();
    }

    @Override
    Statement next() {
        int k = random().nextInt(KEYS);
        int w = random().nextInt(3);
        if (!table.containsKey(k)) {
            return statement("INSERT INTO t (k, w) VALUES (?, ?)", () -> table.put(k, w), k, w);
        }
        return switch (random().nextInt(4)) {
            case 0 -> statement("DELETE FROM t WHERE k = ?", () -> table.remove(k), k);
            case 1 ->
                statement(
                        "UPDATE t SET w = w + 1 WHERE k >= ?",
                        () -> table.tailMap(k, true).replaceAll((key, old) -> old + 1),
                        k);
            case 2 ->
                statement("DELETE FROM t WHERE w = ?", () -> table.values().removeIf(old -> old == w), w);
            default -> statement("UPDATE t SET w = ? WHERE k = ?", () -> table.put(k, w), w, k);
        };
    }

    private static Statement statement(String sql, Runnable effect, long... parameters) {
        List<Object> row = new ArrayList<>();
        for (long parameter : parameters) {
            row.add(parameter);
        }
        return new Statement(sql, List.of(row), effect);
    }
}
