package io.millrace.planner;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Calcite's metadata, but for what is known to be true of all rows: none of our rewrites uses it, and finding it out fails
 * on conditions that compare NULL.
 */
final class NoPredicates extends RelMetadataQuery {
    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode node) {
        return RelOptPredicateList.EMPTY;
    }
}
