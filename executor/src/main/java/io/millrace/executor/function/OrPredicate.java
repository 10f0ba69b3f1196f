package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Selection;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of the conditions holds: each looks at what the ones before have not taken. */
final class OrPredicate implements Predicate {
    private final List<Predicate> conditions;

    private Selection remaining = new Selection(0);
    private Selection hits = new Selection(0);
    private boolean[] isHit = {};

    OrPredicate(List<Predicate> conditions) {
        this.conditions = conditions;
    }

    @Override
    public void select(Batch batch, @Nullable Selection in, Selection out) {
        int rowCount = batch.rowCount();
        remaining = Selections.ensure(remaining, rowCount);
        hits = Selections.ensure(hits, rowCount);
        if (isHit.length < rowCount) {
            isHit = new boolean[rowCount];
        }
        Arrays.fill(isHit, 0, rowCount, false);
        Selections.copy(in, rowCount, remaining);
        for (int i = 0; i < conditions.size() && remaining.count() > 0; i++) {
            conditions.get(i).select(batch, remaining, hits);
            for (int hit = 0; hit < hits.count(); hit++) {
                isHit[hits.rows()[hit]] = true;
            }
            Selections.subtract(remaining, hits);
        }
        int[] rows = out.rows();
        int found = 0;
        int candidates = in == null ? rowCount : in.count();
        for (int i = 0; i < candidates; i++) {
            int row = in == null ? i : in.rows()[i];
            rows[found] = row;
            found += isHit[row] ? 1 : 0;
        }
        out.count(found);
    }
}
