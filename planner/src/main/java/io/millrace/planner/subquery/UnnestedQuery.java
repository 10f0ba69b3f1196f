package io.millrace.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * A sub-query for all outer rows at once.
 *
 * @param query as it was
 * @param correlation what it reads of an outer row
 * @param rows its columns, then those of the correlation, the keys, by which it is joined
 */
record UnnestedQuery(RelNode query, Correlation correlation, RelNode rows) {
    /**
     * @param names of the outer row in the query
     * @param offset of the outer row's first column in what has these names
     * @return null when there is no way yet
     */
    static @Nullable UnnestedQuery of(RelNode query, Set<CorrelationId> names, int offset, RelNode outer) {
        Correlation correlation = Correlation.of(query, names, offset);
        RelNode rows = Unnesting.unnest(query, correlation, outer);
        return rows == null ? null : new UnnestedQuery(query, correlation, rows);
    }

    int keys() {
        return correlation.columns().size();
    }

    /** The keys, then the given columns. */
    RelNode keyed(List<RexNode> columns) {
        List<RexNode> all = Rels.fields(rows, Rels.width(query), Rels.width(rows));
        all.addAll(columns);
        return Rels.project(rows, all);
    }

    /** That in a pair an outer row is the one which the row at {@code place}, that begins with the keys, belongs to. */
    List<RexNode> belongs(RelNode pair, int place) {
        List<RexNode> conditions = new ArrayList<>();
        for (int key = 0; key < keys(); key++) {
            conditions.add(Rels.same(
                    pair.getCluster().getRexBuilder(),
                    Rels.field(pair, correlation.columns().get(key)),
                    Rels.field(pair, place + key)));
        }
        return conditions;
    }
}
