package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import java.lang.ref.WeakReference;

/**
 * A plan and what it was made of. Thread-safe.
 *
 * <p>A change of the catalog leaves it good unless it changes what a name in the statement means.
 */
public final class PlannedStatement {
    private final StatementPlan plan;
    private final NamedRelations names;

    /** The last catalog that was seen to mean the same; catalogs of the past are not kept for its sake. */
    private volatile WeakReference<CatalogSnapshot> seen;

    PlannedStatement(StatementPlan plan, NamedRelations names, CatalogSnapshot catalog) {
        this.plan = plan;
        this.names = names;
        seen = new WeakReference<>(catalog);
    }

    public StatementPlan plan() {
        return plan;
    }

    /** Whether planning the statement against a catalog would give the same plan. */
    public boolean isGoodIn(CatalogSnapshot other) {
        if (seen.refersTo(other)) {
            return true;
        }
        if (!names.meanTheSameIn(other)) {
            return false;
        }
        seen = new WeakReference<>(other);
        return true;
    }
}
