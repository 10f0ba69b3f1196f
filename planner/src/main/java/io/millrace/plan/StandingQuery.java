package io.millrace.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query whose result is kept, and changed as its inputs change.
 *
 * @param appendOnly whether rows of the result only ever come
 * @param key columns of which no two rows of the result have equal values, none of which is needless: empty when there is at
 *     most one row; null when there are no such columns
 */
public record StandingQuery(
        PlanNode root, boolean appendOnly, @Nullable List<Integer> key) {
    public StandingQuery {
        key = key == null ? null : List.copyOf(key);
    }
}
