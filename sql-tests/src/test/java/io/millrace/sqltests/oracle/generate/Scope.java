package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.ColumnUse;
import io.millrace.sqltests.oracle.query.Expression;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.List;

/**
 * What an expression may name.
 *
 * @param terms columns, or keys after grouping
 * @param rows the columns that aggregates are over; null where there are none
 * @param outer of the query around; null: none
 * @param totals whether keys may be those of grouping sets
 */
record Scope(List<? extends Expression> terms, List<ColumnUse> rows, Scope outer, boolean totals) {
    static Scope of(List<? extends Expression> terms, Scope outer) {
        return new Scope(terms, null, outer, false);
    }

    /** After grouping. */
    Scope grouped(List<Expression> keys, boolean sets, List<ColumnUse> columns) {
        return new Scope(keys, columns, outer, sets);
    }

    /** Of what an aggregate takes. */
    Scope ungrouped() {
        return new Scope(rows, null, outer, false);
    }

    boolean mayAggregate() {
        return rows != null;
    }

    /** Those that keep their meaning in a query inside: none without the name of its source. */
    List<? extends Expression> namedFromInside(ValueType type) {
        return termsOf(type).stream()
                .filter(term -> term instanceof ColumnUse column && !column.isShared())
                .toList();
    }

    List<? extends Expression> termsOf(ValueType type) {
        return terms.stream().filter(term -> term.type() == type).toList();
    }
}
