package io.millrace.server.statement;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.view.StaticResult;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Repeatable;
import io.millrace.plan.TableScan;
import io.millrace.planner.StatementPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Results of queries over tables and views, for those who ask the same again while nothing that they read has changed.
 * Thread-safe.
 */
final class PollCache {
    /** A larger result is not kept. */
    private static final long MOST_BYTES = 1 << 20;

    private final Cache<Key, Entry> results;

    /** @param bytes that all results may take; 0: none is kept */
    PollCache(long bytes) {
        results = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, Entry entry) -> (int) Math.min(Integer.MAX_VALUE, entry.rows.bytes() + 500L))
                .executor(Runnable::run)
                .build();
    }

    /**
     * What was asked.
     *
     * @param plan of the text and the catalog: plans that are the same are the same object
     */
    private record Key(StatementPlan.Query plan, List<? extends @Nullable Object> parameters, long maxRows) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key
                    && key.plan == plan
                    && key.maxRows == maxRows
                    && key.parameters.equals(parameters);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(plan) + parameters.hashCode();
        }
    }

    /** @param versions of what was read, by its number */
    private record Entry(Map<Long, Long> versions, ResultBatch rows) {}

    /**
     * The rows of a query, as they were when what it reads was what it is now; else what {@code run} gives.
     *
     * @param plan with its parameters, as it is prepared
     */
    ResultCursor result(
            StatementPlan.Query plan,
            List<? extends @Nullable Object> parameters,
            long maxRows,
            ReadPosition position,
            java.util.function.Supplier<ResultCursor> run) {
        if (!Repeatable.isRepeatable(plan.root())) {
            return run.get();
        }
        Map<Long, Long> versions = new TreeMap<>();
        collect(plan.root(), position, versions);
        Key key = new Key(plan, parameters, maxRows);
        Entry known = results.getIfPresent(key);
        if (known != null && known.versions.equals(versions)) {
            return new StaticResult(plan.output(), known.rows);
        }
        return new KeptCursor(
                run.get(), plan.output(), MOST_BYTES, rows -> results.put(key, new Entry(versions, rows)));
    }

    private static void collect(PlanNode node, ReadPosition position, Map<Long, Long> versions) {
        if (node instanceof TableScan scan) {
            versions.put(
                    scan.tableId(),
                    position.table(scan.tableId(), scan.tableName()).position());
        }
        node.inputs().forEach(input -> collect(input, position, versions));
    }
}
