package io.millrace.planner;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** How many grouping sets a GROUP BY comes to, counted without making them. */
final class GroupingSets {
    private GroupingSets() {}

    /** The sets of the items, each with each of the others; {@code Long.MAX_VALUE} for all that is more. */
    static long count(SqlNodeList items) {
        long sets = 1;
        for (SqlNode item : items) {
            sets = times(sets, count(item));
        }
        return sets;
    }

    private static long count(@Nullable SqlNode item) {
        if (!(item instanceof SqlCall call)) {
            return 1;
        }
        switch (call.getKind()) {
            case CUBE:
                return call.operandCount() > 62 ? Long.MAX_VALUE : 1L << call.operandCount();
            case ROLLUP:
                return call.operandCount() + 1L;
            case GROUPING_SETS:
                long sets = 0;
                for (SqlNode set : call.getOperandList()) {
                    long more = count(set);
                    sets = sets > Long.MAX_VALUE - more ? Long.MAX_VALUE : sets + more;
                }
                return sets;
            case GROUP_BY_DISTINCT:
                long distinct = 1;
                for (SqlNode operand : call.getOperandList()) {
                    distinct = times(distinct, count(operand));
                }
                return distinct;
            default:
                return 1;
        }
    }

    private static long times(long left, long right) {
        long high = Math.multiplyHigh(left, right);
        return high != 0 || left * right < 0 ? Long.MAX_VALUE : left * right;
    }
}
