package io.millrace.planner;

import io.millrace.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;

/** An ORDER BY to the keys of a plan. */
final class SortKeys {
    private SortKeys() {}

    /** NULL is greatest, where nothing is said. */
    static List<SortKey> of(RelCollation collation) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation field : collation.getFieldCollations()) {
            boolean descending = field.direction.isDescending();
            boolean nullsFirst = field.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                    ? descending
                    : field.nullDirection == RelFieldCollation.NullDirection.FIRST;
            keys.add(new SortKey(field.getFieldIndex(), descending, nullsFirst));
        }
        return keys;
    }
}
