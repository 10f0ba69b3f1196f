package io.millrace.server.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.catalog.CatalogSnapshot;
import io.millrace.planner.PlannedStatement;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Plans statements, and keeps the plans for as long as what they read is what it was. Thread-safe. */
public final class PlanCache {
    /** A plan takes some twenty times the memory of its text, which may be thousands of rows to insert. */
    private static final long CACHED_CHARACTERS = 2_000_000;

    private static final int CHARACTERS_PER_PLAN = 500;

    private final BiFunction<String, CatalogSnapshot, PlannedStatement> planner;
    private final Cache<String, PlannedStatement> plans = Caffeine.newBuilder()
            .maximumWeight(CACHED_CHARACTERS)
            .executor(Runnable::run) // upkeep takes less than waking another thread for it
            .weigher((String sql, PlannedStatement plan) -> sql.length() + CHARACTERS_PER_PLAN)
            .build();

    public PlanCache(Planner planner) {
        this(planner::planToKeep);
    }

    /** @param planner plans a statement against a catalog */
    public PlanCache(BiFunction<String, CatalogSnapshot, PlannedStatement> planner) {
        this.planner = planner;
    }

    /** The plan of a statement; while it is kept, the same one each time. */
    public StatementPlan plan(String sql, CatalogSnapshot catalog) {
        StatementPlan known = planIfKnown(sql, catalog);
        if (known != null) {
            return known;
        }
        PlannedStatement planned = planner.apply(sql, catalog);
        plans.put(sql, planned);
        return planned.plan();
    }

    /** Null when the statement would have to be planned. */
    public @Nullable StatementPlan planIfKnown(String sql, CatalogSnapshot catalog) {
        PlannedStatement known = plans.getIfPresent(sql);
        return known != null && known.isGoodIn(catalog) ? known.plan() : null;
    }
}
