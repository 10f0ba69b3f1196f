package io.millrace.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Computes a query that reads an outer row for all outer rows at once: it gets the columns that it reads, the domain, as
 * columns of its own, behind those that it has. What does not read the outer row is combined with every row of the domain;
 * everything above keeps the rows of each apart.
 *
 * <pre>
 * Project(x + $outer.b)                         Project(x + b, b)
 *   Filter(y &lt; $outer.b)             =&gt;           Filter(y &lt; b)
 *     Scan(x, y)                                    Join(true)
 *                                                     Scan(x, y)
 *                                                     Aggregate(b): the distinct b of the outer rows
 * </pre>
 *
 * After T. Neumann and A. Kemper, "Unnesting Arbitrary Queries", BTW 2015.
 */
final class Unnesting {
    private final Correlation correlation;
    private final RelNode domain;
    private final RexBuilder builder;
    private final int size;

    private Unnesting(Correlation correlation, RelNode domain) {
        this.correlation = correlation;
        this.domain = domain;
        builder = domain.getCluster().getRexBuilder();
        size = correlation.columns().size();
    }

    /**
     * @param outer the outer rows, whose first columns are those that the query may read
     * @return the query's columns, then those of the correlation; null when there is no way yet
     */
    static @Nullable RelNode unnest(RelNode query, Correlation correlation, RelNode outer) {
        if (correlation.isEmpty()) {
            return query;
        }
        List<RexNode> columns = correlation.columns().stream()
                .map(column -> Rels.field(outer, column))
                .toList();
        return new Unnesting(correlation, Rels.distinct(Rels.project(outer, columns))).push(query);
    }

    private @Nullable RelNode push(RelNode node) {
        if (!correlation.isUsedBy(node)) {
            return withDomain(node);
        }
        if (node instanceof Filter filter) {
            return filter(filter);
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        }
        if (node instanceof Join join) {
            return join(join);
        }
        if (node instanceof SetOp operation) {
            List<RelNode> inputs = new ArrayList<>();
            for (RelNode input : operation.getInputs()) {
                RelNode pushed = push(input);
                if (pushed == null) {
                    return null;
                }
                inputs.add(pushed);
            }
            return operation.copy(operation.getTraitSet(), inputs, operation.all);
        }
        // the order of what goes into a join or an aggregate does not matter, unless it decides which rows there are
        return node instanceof Sort sort && sort.fetch == null && sort.offset == null ? push(sort.getInput()) : null;
    }

    private RelNode withDomain(RelNode node) {
        return Rels.join(node, domain, JoinRelType.INNER, List.of());
    }

    private @Nullable RelNode filter(Filter filter) {
        List<RexNode> conditions = org.apache.calcite.plan.RelOptUtil.conjunctions(filter.getCondition());
        RelNode input = filter.getInput();
        int width = Rels.width(input);
        List<RexNode> equals = correlation.isUsedBy(input) ? null : equals(conditions);
        if (equals == null) {
            RelNode pushed = push(input);
            return pushed == null ? null : Rels.filter(pushed, replaced(conditions, pushed, width));
        }
        List<RexNode> columns = Rels.fields(input, 0, width);
        columns.addAll(equals);
        RelNode widened = Rels.project(input, columns);
        List<RexNode> all = replaced(conditions, widened, width);
        return Rels.filter(widened, all);
    }

    /**
     * The expressions over the input that equal the columns of the correlation, so that the domain is not needed: there
     * are rows for other values too then, for which no outer row asks. Null when some column has none.
     */
    private @Nullable List<RexNode> equals(List<RexNode> conditions) {
        @Nullable RexNode[] equals = new RexNode[size];
        for (RexNode condition : conditions) {
            if (!(condition instanceof org.apache.calcite.rex.RexCall call) || call.getKind() != SqlKind.EQUALS) {
                continue;
            }
            for (int side = 0; side < 2; side++) {
                RexNode value = call.getOperands().get(1 - side);
                int column = column(call.getOperands().get(side));
                boolean alike = column >= 0
                        && SqlTypeUtil.equalSansNullability(
                                builder.getTypeFactory(),
                                value.getType(),
                                Rels.field(domain, column).getType());
                if (alike && equals[column] == null && !correlation.isUsedBy(value)) {
                    equals[column] = value;
                }
            }
        }
        List<RexNode> found = new ArrayList<>();
        for (RexNode value : equals) {
            if (value == null) {
                return null;
            }
            found.add(value);
        }
        return found;
    }

    /** The column of the correlation that an expression is; negative when it is none. */
    private int column(RexNode expression) {
        int[] found = {-1};
        if (expression instanceof org.apache.calcite.rex.RexFieldAccess) {
            correlation.replace(expression, column -> {
                found[0] = column;
                return expression;
            });
        }
        return found[0];
    }

    private List<RexNode> replaced(List<RexNode> expressions, RelNode input, int from) {
        return expressions.stream()
                .map(expression -> correlation.replace(expression, column -> Rels.field(input, from + column)))
                .toList();
    }

    private @Nullable RelNode project(Project project) {
        RelNode input = push(project.getInput());
        if (input == null) {
            return null;
        }
        int width = Rels.width(project.getInput());
        List<RexNode> columns = new ArrayList<>(replaced(project.getProjects(), input, width));
        columns.addAll(Rels.fields(input, width, width + size));
        return Rels.project(input, columns);
    }

    private @Nullable RelNode aggregate(Aggregate aggregate) {
        RelNode input = push(aggregate.getInput());
        return input == null
                ? null
                : new UnnestedAggregate(aggregate, input, Rels.width(aggregate.getInput()), domain).build();
    }

    private @Nullable RelNode join(Join join) {
        JoinRelType type = join.getJoinType();
        boolean usesLeft = correlation.isUsedBy(join.getLeft());
        boolean usesRight = correlation.isUsedBy(join.getRight());
        boolean keepsRight = type == JoinRelType.RIGHT || type == JoinRelType.FULL;
        boolean keepsLeft = type != JoinRelType.RIGHT && type != JoinRelType.INNER;
        boolean pushesLeft = usesLeft || keepsLeft || (!usesRight && !keepsRight);
        boolean pushesRight = usesRight || keepsRight;
        RelNode left = pushesLeft ? push(join.getLeft()) : join.getLeft();
        RelNode right = pushesRight ? push(join.getRight()) : join.getRight();
        if (left == null || right == null) {
            return null;
        }
        int leftWidth = Rels.width(join.getLeft());
        int rightWidth = Rels.width(join.getRight());
        int newLeftWidth = Rels.width(left);
        RelNode pair = Rels.join(left, right, JoinRelType.INNER, List.of());
        IntFunction<RexNode> ofLeft = column -> Rels.field(pair, leftWidth + column);
        IntFunction<RexNode> ofRight = column -> Rels.field(pair, newLeftWidth + rightWidth + column);
        List<RexNode> conditions = new ArrayList<>();
        conditions.add(correlation.replace(
                shifted(join.getCondition(), pair, leftWidth, newLeftWidth - leftWidth),
                pushesLeft ? ofLeft : ofRight));
        if (pushesLeft && pushesRight) {
            IntStream.range(0, size)
                    .forEach(i -> conditions.add(Rels.same(builder, ofLeft.apply(i), ofRight.apply(i))));
        }
        RelNode joined = Rels.join(left, right, type, conditions);
        List<RexNode> columns = Rels.fields(joined, 0, leftWidth);
        if (type.projectsRight()) {
            columns.addAll(Rels.fields(joined, newLeftWidth, newLeftWidth + rightWidth));
        }
        for (int i = 0; i < size; i++) {
            columns.add(domainColumn(joined, type, leftWidth + i, newLeftWidth + rightWidth + i, pushesLeft));
        }
        return Rels.project(joined, columns);
    }

    /** Of a row that may have no left or no right side. */
    private RexNode domainColumn(RelNode joined, JoinRelType type, int left, int right, boolean hasLeft) {
        if (type == JoinRelType.FULL) {
            RexNode ofLeft = Rels.field(joined, left);
            return builder.makeCall(
                    SqlStdOperatorTable.CASE,
                    builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, ofLeft),
                    ofLeft,
                    Rels.field(joined, right));
        }
        return Rels.field(joined, type == JoinRelType.RIGHT || !hasLeft ? right : left);
    }

    /** The columns of the right side stand further to the right. */
    private static RexNode shifted(RexNode condition, RelNode pair, int from, int by) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return Rels.field(pair, reference.getIndex() < from ? reference.getIndex() : reference.getIndex() + by);
            }
        });
    }
}
