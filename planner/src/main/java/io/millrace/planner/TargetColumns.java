package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Expression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** What statements that write name: a stream or table, and its columns. */
final class TargetColumns {
    private TargetColumns() {}

    /** The stream or table that is written. */
    static StoredRelation relation(String statement, SqlNode target, CatalogSnapshot catalog) {
        Relation relation = Relations.find((SqlIdentifier) target, catalog);
        if (relation instanceof StoredRelation stored) {
            return stored;
        }
        throw MillraceException.notSupported(statement + " a " + relation.noun(), Nodes.position(target));
    }

    /** The columns that a list names, in its order; all of them without a list. */
    static List<Integer> of(@Nullable SqlNodeList names, StoredRelation relation) {
        List<Integer> targets = new ArrayList<>();
        if (names == null) {
            for (int i = 0; i < relation.columns().size(); i++) {
                targets.add(i);
            }
            return targets;
        }
        for (SqlNode node : names) {
            int target = find((SqlIdentifier) node, relation);
            if (targets.contains(target)) {
                throw new MillraceException(
                        ErrorCode.INVALID_STATEMENT,
                        "column " + node + " is given twice",
                        null,
                        Nodes.position(node),
                        null);
            }
            targets.add(target);
        }
        return targets;
    }

    private static int find(SqlIdentifier identifier, StoredRelation relation) {
        String name = Nodes.lastName(identifier);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < relation.columns().size(); i++) {
            if (relation.columnName(i).equalsIgnoreCase(name)) {
                return i;
            }
            names.add(relation.columnName(i));
        }
        if (relation instanceof StreamDefinition && name.equalsIgnoreCase(StreamDefinition.ROWTIME)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "rowtime cannot be inserted",
                    "It is the time at which the stream takes the row.",
                    Nodes.position(identifier),
                    null);
        }
        String near = Names.nearest(name, names);
        throw new MillraceException(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name + "\" of " + relation.noun() + " \"" + relation.name() + "\" does not exist",
                near == null ? null : "Did you mean \"" + near + "\"?",
                Nodes.position(identifier),
                null);
    }

    /** For each column of the relation its place among the targets; -1 for those that are not given. */
    static List<Integer> places(List<Integer> targets, StoredRelation relation) {
        Integer[] places = new Integer[relation.columns().size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < targets.size(); i++) {
            places[targets.get(i)] = i;
        }
        return Arrays.asList(places);
    }

    /** What a column that is not given holds; null: NULL. */
    static @Nullable Expression defaultOf(StoredRelation relation, int column) {
        return relation instanceof TableDefinition table ? table.defaults().get(column) : null;
    }

    /** Refuses a statement that gives no value to a column which must have one. */
    static void checkMissing(List<Integer> places, StoredRelation relation, SqlNode statement) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i) < 0 && !relation.columnType(i).nullable() && defaultOf(relation, i) == null) {
                throw Assignments.notNull(relation.columnName(i))
                        .withHint("Give it a value.")
                        .at(Nodes.position(statement));
            }
        }
    }
}
