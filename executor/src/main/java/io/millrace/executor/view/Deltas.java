package io.millrace.executor.view;

import io.millrace.executor.column.ColumnBatch;
import io.millrace.plan.StandingQuery;
import java.util.List;

/** Adds up the changes of several steps. */
public final class Deltas {
    private Deltas() {}

    /** The net changes of a query's rows over steps, given in order. */
    public static Delta sum(StandingQuery query, List<Delta> steps) {
        DeltaBuilder all = new DeltaBuilder(query.root().rowType().types());
        for (Delta step : steps) {
            for (ColumnBatch batch : step.batches()) {
                all.append(batch);
            }
        }
        Delta gross = all.build();
        return query.appendOnly()
                ? gross
                : new Consolidation(query.root().rowType().types(), query.key()).of(gross);
    }
}
