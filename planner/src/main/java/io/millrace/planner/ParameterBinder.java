package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.Join;
import io.millrace.plan.Limit;
import io.millrace.plan.Parameter;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Sort;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.TableScan;
import io.millrace.plan.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values in the place of question marks. */
public final class ParameterBinder extends PlanRewriter {
    private final List<Constant> values;

    private ParameterBinder(List<Constant> values) {
        this.values = values;
    }

    /**
     * The plan without parameters.
     *
     * @param values canonical values of {@code plan.parameters()}; one of another type is converted as CAST does, and
     *     fails with 22023 when it cannot be
     */
    public static StatementPlan bind(StatementPlan plan, List<? extends @Nullable Object> values) {
        List<DataType> types = plan.parameters();
        if (values.size() != types.size()) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "the statement has " + types.size() + " parameters, but " + values.size() + " values are given");
        }
        if (types.isEmpty()) {
            return plan;
        }
        List<Constant> constants = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            constants.add(constant(i, values.get(i), types.get(i)));
        }
        return new ParameterBinder(constants).bind(plan);
    }

    private StatementPlan bind(StatementPlan plan) {
        if (plan instanceof StatementPlan.Query query) {
            return bind(query);
        }
        if (plan instanceof StatementPlan.Insert insert) {
            List<List<Expression>> rows = new ArrayList<>(insert.rows().size());
            insert.rows().forEach(row -> rows.add(bind(row)));
            return new StatementPlan.Insert(insert.target(), insert.columns(), rows, List.of());
        }
        if (plan instanceof StatementPlan.InsertQuery insert) {
            return new StatementPlan.InsertQuery(insert.target(), insert.columns(), bind(insert.source()));
        }
        if (plan instanceof StatementPlan.Update update) {
            return new StatementPlan.Update(update.table(), update.columns(), bind(update.source()));
        }
        if (plan instanceof StatementPlan.Delete delete) {
            return new StatementPlan.Delete(delete.table(), bind(delete.source()));
        }
        if (plan instanceof StatementPlan.Subscribe subscribe) {
            StandingQuery query = subscribe.query();
            return new StatementPlan.Subscribe(
                    bind(subscribe.source()),
                    new StandingQuery(rewrite(query.root()), query.appendOnly(), query.key()),
                    subscribe.spec(),
                    subscribe.viewId(),
                    subscribe.limit());
        }
        if (plan instanceof StatementPlan.Explain explain) {
            return new StatementPlan.Explain(explain.text(), List.of(), explain.analyzedView());
        }
        return plan;
    }

    private StatementPlan.Query bind(StatementPlan.Query query) {
        return new StatementPlan.Query(
                rewrite(query.root()), query.output(), query.continuous(), query.start(), List.of());
    }

    private static Constant constant(int index, @Nullable Object value, DataType type) {
        if (value == null) {
            return new Constant(null, type.withNullable(true));
        }
        try {
            return new Constant(ConstantCasts.convert(value, sourceType(value, type), type), type.notNull());
        } catch (MillraceException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER, "parameter " + (index + 1) + ": " + e.primary(), e.hint(), null, e);
        }
    }

    /** The type of a canonical value; a Long is of the wanted type when that one is stored so. */
    private static DataType sourceType(Object value, DataType wanted) {
        if (value instanceof Boolean) {
            return DataType.of(DataType.Kind.BOOLEAN);
        }
        if (value instanceof Long) {
            boolean isNumber = wanted.isNumeric() || wanted.isCharacter() || wanted.kind() == DataType.Kind.BOOLEAN;
            return isNumber ? DataType.of(DataType.Kind.BIGINT) : wanted;
        }
        if (value instanceof Double) {
            return DataType.of(DataType.Kind.DOUBLE);
        }
        if (value instanceof BigDecimal number) {
            return DataType.decimal(DataType.MAX_DECIMAL_PRECISION, Math.max(0, number.scale()));
        }
        if (value instanceof String) {
            return DataType.varchar();
        }
        if (value instanceof byte[]) {
            return new DataType(DataType.Kind.VARBINARY, DataType.UNLIMITED, 0, true);
        }
        throw new MillraceException(
                ErrorCode.INVALID_PARAMETER, "a value of " + value.getClass().getName() + " is none of SQL");
    }

    private Expression bind(Expression expression) {
        return expression.accept(new Expressions(column -> column, this::constant));
    }

    private Constant constant(Parameter parameter) {
        return values.get(parameter.index());
    }

    private List<Expression> bind(List<Expression> expressions) {
        List<Expression> bound = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> bound.add(bind(expression)));
        return bound;
    }

    private long count(long number, long otherwise) {
        if (number >= 0) {
            return number;
        }
        int index = (int) Limit.parameter(number);
        Object value = values.get(index).value();
        if (value == null) {
            return otherwise;
        }
        BigDecimal count = new BigDecimal(value.toString());
        if (count.signum() < 0) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "parameter " + (index + 1) + ": LIMIT and OFFSET must not be negative");
        }
        return count.min(BigDecimal.valueOf(Limit.ALL)).longValue();
    }

    @Override
    public PlanNode visitTableScan(TableScan scan) {
        return scan.withKey(bind(scan.key()));
    }

    @Override
    public PlanNode visitValues(Values node) {
        List<List<Expression>> rows = new ArrayList<>();
        node.rows().forEach(row -> rows.add(bind(row)));
        return new Values(rows, node.rowType());
    }

    @Override
    public PlanNode visitFilterProject(FilterProject node) {
        Expression condition = node.condition() == null ? null : bind(node.condition());
        return new FilterProject(rewrite(node.input()), condition, bind(node.projections()), node.rowType());
    }

    @Override
    public PlanNode visitJoin(Join node) {
        Expression residual = node.residual() == null ? null : bind(node.residual());
        return new Join(
                rewrite(node.left()), rewrite(node.right()), node.kind(), node.keys(), residual, node.rowType());
    }

    @Override
    public PlanNode visitSort(Sort node) {
        return new Sort(
                rewrite(node.input()),
                node.keys(),
                count(node.offset(), 0),
                count(node.fetch(), Limit.ALL),
                node.rowType());
    }

    @Override
    public PlanNode visitLimit(Limit node) {
        return new Limit(
                rewrite(node.input()), count(node.offset(), 0), count(node.fetch(), Limit.ALL), node.rowType());
    }
}
