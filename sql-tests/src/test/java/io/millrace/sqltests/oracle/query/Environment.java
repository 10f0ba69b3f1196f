package io.millrace.sqltests.oracle.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an expression or query sees: the row of its sources or its group, around it those of the outer queries, and relations. */
public final class Environment {
    private final Environment outer;
    private final Map<ColumnUse, Object> columns;
    private final Map<String, Relation> relations;
    private final Map<Expression, Object> keys;
    private final List<Environment> groupRows;
    private final List<Expression> presentKeys;

    private Environment(
            Environment outer,
            Map<ColumnUse, Object> columns,
            Map<String, Relation> relations,
            Map<Expression, Object> keys,
            List<Environment> groupRows,
            List<Expression> presentKeys) {
        this.outer = outer;
        this.columns = columns;
        this.relations = relations;
        this.keys = keys;
        this.groupRows = groupRows;
        this.presentKeys = presentKeys;
    }

    public static Environment of(Map<String, Relation> relations) {
        return new Environment(null, Map.of(), relations, Map.of(), null, List.of());
    }

    Environment with(String name, Relation relation) {
        return new Environment(this, Map.of(), Map.of(name, relation), Map.of(), null, List.of());
    }

    Environment withRow(Map<ColumnUse, Object> row) {
        return new Environment(this, row, Map.of(), Map.of(), null, List.of());
    }

    /**
     * Of one group. Its keys are values and, where they are columns, columns.
     *
     * @param present those keys that are of the grouping set; the others are NULL
     */
    Environment withGroup(Map<Expression, Object> groupKeys, List<Environment> rows, List<Expression> present) {
        Map<ColumnUse, Object> keyColumns = new HashMap<>();
        groupKeys.forEach((key, value) -> {
            if (key instanceof ColumnUse column) {
                keyColumns.put(column, value);
            }
        });
        return new Environment(this, keyColumns, Map.of(), groupKeys, rows, present);
    }

    /** The value of an expression, which may be a key of the group. */
    Object value(Expression expression) {
        return keys.containsKey(expression) ? keys.get(expression) : expression.value(this);
    }

    boolean isTrue(Expression condition) {
        return condition == null || Boolean.TRUE.equals(value(condition));
    }

    Object column(ColumnUse column) {
        for (Environment environment = this; environment != null; environment = environment.outer) {
            if (environment.columns.containsKey(column)) {
                return environment.columns.get(column);
            }
        }
        throw new NoAnswerException("no column " + column.sql());
    }

    Relation relation(String name) {
        for (Environment environment = this; environment != null; environment = environment.outer) {
            if (environment.relations.containsKey(name)) {
                return environment.relations.get(name);
            }
        }
        throw new NoAnswerException("no relation " + name);
    }

    /** The rows that an aggregate is over. */
    List<Environment> groupRows() {
        if (groupRows == null) {
            throw new NoAnswerException("an aggregate where there is no group");
        }
        return groupRows;
    }

    boolean isGroupedBy(Expression key) {
        return presentKeys.contains(key);
    }
}
