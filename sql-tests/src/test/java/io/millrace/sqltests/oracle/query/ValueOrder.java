package io.millrace.sqltests.oracle.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** How values compare, and when rows are the same. */
public final class ValueOrder {
    private ValueOrder() {}

    /** Neither is null; numbers of all types compare with each other. */
    @SuppressWarnings("unchecked")
    public static int compare(Object left, Object right) {
        if (left instanceof Number first && right instanceof Number second) {
            return left instanceof Double || right instanceof Double
                    ? Double.compare(first.doubleValue() + 0.0, second.doubleValue() + 0.0)
                    : exact(first).compareTo(exact(second));
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** NULL is last unless told otherwise, and first when descending. */
    static int compareKeys(Object left, Object right, boolean descending, Boolean nullsFirst) {
        boolean first = nullsFirst == null ? descending : nullsFirst;
        if (left == null || right == null) {
            return left == right ? 0 : (left == null) == first ? -1 : 1;
        }
        return descending ? compare(right, left) : compare(left, right);
    }

    /** A value that equals that of each row which is not distinct from this one. */
    public static List<Object> key(List<Object> row) {
        List<Object> key = new ArrayList<>();
        row.forEach(
                value -> key.add(value instanceof Number number ? exact(number).stripTrailingZeros() : value));
        return key;
    }

    static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf(number.longValue());
    }
}
