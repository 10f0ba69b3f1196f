package io.millrace.planner.subquery;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** The columns of an outer row that a query inside reads. */
final class Correlation {
    private final Set<CorrelationId> outer;
    private final int offset;
    private final List<Integer> columns;
    private final Map<RelNode, Boolean> uses = new IdentityHashMap<>();

    private Correlation(Set<CorrelationId> outer, int offset, List<Integer> columns) {
        this.outer = outer;
        this.offset = offset;
        this.columns = columns;
    }

    /**
     * @param outer the names of the row
     * @param offset of what counts as its first column here: the right side of a join is a part of a row
     */
    static Correlation of(RelNode query, Set<CorrelationId> outer, int offset) {
        Finder finder = new Finder(outer);
        finder.visit(query);
        return new Correlation(
                outer,
                offset,
                finder.columns.stream().map(column -> column - offset).toList());
    }

    /** The columns of a row that a sub-query reads, in its operands or in its query. */
    static Set<Integer> read(RexSubQuery subQuery, Set<CorrelationId> row) {
        Finder finder = new Finder(row);
        subQuery.accept(finder);
        finder.columns.addAll(
                RelOptUtil.InputFinder.bits(subQuery.getOperands(), null).asSet());
        return finder.columns;
    }

    /**
     * Whether what the query takes for the outer row has the columns of that row. It does not where the validator's own
     * converter has lost count: of the columns that a sub-query reads of a grouped row it finds the first, and takes the others
     * from the row before it was grouped.
     *
     * @param isGrouped whether the outer row is one of groups; its columns then have their names too
     */
    static boolean fits(RelNode query, Set<CorrelationId> outer, RelDataType row, boolean isGrouped) {
        Finder finder = new Finder(outer);
        finder.visit(query);
        return finder.types.stream()
                .allMatch(type -> hasKinds(type, row)
                        && (!isGrouped || type.getFieldNames().equals(row.getFieldNames())));
    }

    private static boolean hasKinds(RelDataType type, RelDataType row) {
        return type.getFieldCount() == row.getFieldCount()
                && IntStream.range(0, row.getFieldCount())
                        .allMatch(i -> type.getFieldList().get(i).getType().getSqlTypeName()
                                == row.getFieldList().get(i).getType().getSqlTypeName());
    }

    /** By their positions in the outer row, ascending. */
    List<Integer> columns() {
        return columns;
    }

    boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Whether a part of the query, or anything below it, reads the outer row. */
    boolean isUsedBy(RelNode node) {
        Boolean known = uses.get(node);
        if (known == null) {
            known = isUsedByItself(node) || node.getInputs().stream().anyMatch(this::isUsedBy);
            uses.put(node, known);
        }
        return known;
    }

    private boolean isUsedByItself(RelNode node) {
        Finder finder = new Finder(outer);
        node.accept(finder);
        return !finder.columns.isEmpty();
    }

    boolean isUsedBy(RexNode expression) {
        Finder finder = new Finder(outer);
        expression.accept(finder);
        return !finder.columns.isEmpty();
    }

    /** @param column what the column at an index of {@link #columns} becomes */
    RexNode replace(RexNode expression, IntFunction<RexNode> column) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return isOf(access, outer)
                        ? column.apply(columns.indexOf(access.getField().getIndex() - offset))
                        : super.visitFieldAccess(access);
            }
        });
    }

    private static boolean isOf(RexFieldAccess access, Set<CorrelationId> outer) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable && outer.contains(variable.id);
    }

    private static final class Finder extends RexShuttle {
        private final Set<CorrelationId> outer;
        private final Set<Integer> columns = new TreeSet<>();
        private final Set<RelDataType> types = new HashSet<>();

        Finder(Set<CorrelationId> outer) {
            this.outer = outer;
        }

        void visit(RelNode node) {
            node.accept(this);
            node.getInputs().forEach(this::visit);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            visit(subQuery.rel);
            return super.visitSubQuery(subQuery);
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (isOf(access, outer)) {
                columns.add(access.getField().getIndex());
                types.add(access.getReferenceExpr().getType());
            }
            return access;
        }
    }
}
