package io.millrace.server.simulation;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.millrace.catalog.CatalogSnapshot;
import io.millrace.planner.PlannedStatement;
import io.millrace.planner.Planner;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plans for all catalogs that machines have had: there are few that differ in what a statement reads. Thread-safe. */
final class KeptPlans {
    private static final int STATEMENTS = 2_000;

    private final Planner planner = new Planner();
    private final LoadingCache<String, List<PlannedStatement>> known =
            Caffeine.newBuilder().maximumSize(STATEMENTS).build(sql -> new CopyOnWriteArrayList<>());

    PlannedStatement plan(String sql, CatalogSnapshot catalog) {
        List<PlannedStatement> plans = known.get(sql);
        for (PlannedStatement each : plans) {
            if (each.isGoodIn(catalog)) {
                return each;
            }
        }
        PlannedStatement planned = planner.planToKeep(sql, catalog);
        plans.add(planned);
        return planned;
    }
}
