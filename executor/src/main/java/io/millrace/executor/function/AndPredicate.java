package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All conditions hold: each looks at what the ones before have left. */
final class AndPredicate implements Predicate {
    private final List<Predicate> conditions;

    AndPredicate(List<Predicate> conditions) {
        this.conditions = conditions;
    }

    @Override
    public void select(Batch batch, @Nullable Selection in, Selection out) {
        conditions.get(0).select(batch, in, out);
        for (int i = 1; i < conditions.size() && out.count() > 0; i++) {
            conditions.get(i).select(batch, out, out);
        }
    }
}
