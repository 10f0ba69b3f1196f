package io.millrace.server.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Inserts rows into the stream. */
final class InsertingClient extends Client {
    private static final int KEYS = 6;

    private final Model model;
    private final long first;
    private long count;

    InsertingClient(long number, Model model, SplittableRandom random) {
        super("inserts-" + number, number, random);
        this.model = model;
        first = number * Model.CLIENT;
    }

    @Override
    Statement next() {
        List<Model.Row> added = new ArrayList<>();
        int size = 1 + random().nextInt(random().nextInt(8) == 0 ? 40 : 4);
        for (int i = 0; i < size; i++) {
            int k = random().nextInt(KEYS + 1);
            added.add(new Model.Row(first + count++, k == KEYS ? null : k, random().nextInt(100)));
        }
        List<List<Object>> rows = new ArrayList<>();
        added.forEach(row -> rows.add(
                Arrays.asList(row.id(), row.k() == null ? null : row.k().longValue(), (long) row.v())));
        return new Statement("INSERT INTO s (id, k, v) VALUES (?, ?, ?)", rows, () -> model.append(added));
    }
}
