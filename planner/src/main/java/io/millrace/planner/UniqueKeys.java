package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKind;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.TableScan;
import io.millrace.plan.WindowAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds columns of which no two rows of a node's output have equal values. */
final class UniqueKeys {
    private UniqueKeys() {}

    /** @return empty when there is at most one row; null when no such columns are known */
    static @Nullable List<Integer> of(PlanNode node, CatalogSnapshot catalog) {
        if (node instanceof TableScan scan) {
            return projected(ofRelation(catalog.relation(scan.tableName())), scan.columns());
        }
        if (node instanceof HashAggregate aggregate) {
            return first(aggregate.keys().size());
        }
        if (node instanceof WindowAggregate aggregate) {
            return first(aggregate.keys().size() + 2);
        }
        if (node instanceof SetOperation operation) {
            return operation.all() ? null : first(operation.rowType().size());
        }
        if (node instanceof FilterProject project) {
            List<Integer> sources = new ArrayList<>();
            for (Expression projection : project.projections()) {
                sources.add(projection instanceof ColumnReference column ? column.index() : -1);
            }
            return projected(of(project.input(), catalog), sources);
        }
        boolean isFilter = node instanceof Join join && (join.kind() == JoinKind.SEMI || join.kind() == JoinKind.ANTI);
        if (node instanceof Sort || node instanceof Limit || isFilter) {
            return of(node.inputs().get(0), catalog);
        }
        return null;
    }

    private static List<Integer> first(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static @Nullable List<Integer> ofRelation(@Nullable Relation relation) {
        if (relation instanceof TableDefinition table) {
            return table.primaryKey().isEmpty() ? null : table.primaryKey();
        }
        StandingQuery query = relation instanceof ViewDefinition view ? view.query() : null;
        return query == null ? null : query.key();
    }

    /** @param sources for each column of the output, the column that it is */
    private static @Nullable List<Integer> projected(@Nullable List<Integer> key, List<Integer> sources) {
        if (key == null) {
            return null;
        }
        List<Integer> found = new ArrayList<>();
        for (int column : key) {
            int place = sources.indexOf(column);
            if (place < 0) {
                return null;
            }
            found.add(place);
        }
        return found;
    }
}
