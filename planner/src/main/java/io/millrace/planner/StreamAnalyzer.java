package io.millrace.planner;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlColumnDefinition;
import io.millrace.parser.ast.SqlCreateStream;
import io.millrace.parser.ast.SqlWatermark;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.ScalarFunction;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** CREATE STREAM: names, types, the watermark. */
final class StreamAnalyzer {
    private static final long SECOND = 1_000_000L;
    private static final long LEAST_IDLE_TIMEOUT = 10 * SECOND;
    private static final long MAX_FUTURE_SKEW = 300 * SECOND;

    private final QueryPlanner expressions;
    private final String sql;

    StreamAnalyzer(QueryPlanner expressions, String sql) {
        this.expressions = expressions;
        this.sql = sql;
    }

    StatementPlan analyze(SqlCreateStream create) {
        if (create.isReplace()) {
            throw MillraceException.notSupported("CREATE OR REPLACE STREAM", Nodes.position(create));
        }
        if (!create.primaryKey().isEmpty()) {
            throw MillraceException.notSupported(
                    "PRIMARY KEY of a stream",
                    Nodes.position(create.primaryKey().get(0)));
        }
        String name = Definitions.name(create.name());
        List<ColumnDefinition> columns = columns(create);
        SqlWatermark watermark = create.watermark();
        StreamDefinition definition = new StreamDefinition(
                0,
                name,
                columns,
                watermark == null ? null : watermark(watermark, columns),
                Definitions.options(create),
                sql);
        return new StatementPlan.CreateStream(definition, create.isIfNotExists());
    }

    private static List<ColumnDefinition> columns(SqlCreateStream create) {
        for (SqlColumnDefinition column : create.columns()) {
            String name = column.name().getSimple();
            if (name.equalsIgnoreCase(StreamDefinition.ROWTIME)) {
                throw wrong(
                        "column name \"" + name + "\" is reserved",
                        "Every stream has rowtime, the append time.",
                        column);
            }
            if (column.defaultValue() != null) {
                throw MillraceException.notSupported("DEFAULT of a column", Nodes.position(column.defaultValue()));
            }
        }
        return Definitions.columns(create);
    }

    private WatermarkDefinition watermark(SqlWatermark watermark, List<ColumnDefinition> columns) {
        List<String> names = columns.stream().map(ColumnDefinition::name).toList();
        List<DataType> types = columns.stream().map(ColumnDefinition::type).toList();
        int time = timeColumn(watermark.column(), columns);
        Expression expression = expressions.expression(watermark.expression(), names, types);
        if (!expression.type().isTimestamp()) {
            throw wrong(
                    "the watermark must be a timestamp, but is of type " + expression.type(),
                    "Write for example ts - INTERVAL '5' SECOND.",
                    watermark.expression());
        }
        long delay = delay(expression, time);
        if (delay < 0 && !Expressions.used(expression).get(time)) {
            throw wrong(
                    "the watermark must be computed from column \"" + names.get(time) + "\"",
                    "Write for example " + names.get(time) + " - INTERVAL '5' SECOND.",
                    watermark.expression());
        }
        SqlNode idle = watermark.idleTimeout();
        SqlNode skew = watermark.maxFutureSkew();
        long idleTimeout = idle == null ? Math.max(LEAST_IDLE_TIMEOUT, 2 * delay) : WindowCall.micros(idle);
        return new WatermarkDefinition(
                time, expression, delay, idleTimeout, skew == null ? MAX_FUTURE_SKEW : WindowCall.micros(skew));
    }

    private static int timeColumn(SqlIdentifier name, List<ColumnDefinition> columns) {
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition column = columns.get(i);
            if (column.name().equalsIgnoreCase(name.getSimple())) {
                if (column.type().isTimestamp()) {
                    return i;
                }
                throw wrong(
                        "time column \"" + column.name() + "\" must be a TIMESTAMP, but is of type " + column.type(),
                        "Declare it as TIMESTAMP(3).",
                        name);
            }
        }
        String near = Names.nearest(
                name.getSimple(), columns.stream().map(ColumnDefinition::name).toList());
        throw new MillraceException(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name.getSimple() + "\" of the watermark does not exist",
                near == null ? null : "Did you mean \"" + near + "\"?",
                Nodes.position(name),
                null);
    }

    /** How far {@code ts} or {@code ts - interval} trails ts; -1 for any other expression. */
    private static long delay(Expression expression, int time) {
        if (expression instanceof ColumnReference column && column.index() == time) {
            return 0;
        }
        if (expression instanceof Call call
                && call.function() == ScalarFunction.SUBTRACT
                && call.arguments().get(0) instanceof ColumnReference column
                && column.index() == time
                && call.arguments().get(1) instanceof Constant constant
                && constant.type().kind() == DataType.Kind.INTERVAL_DAY_TIME
                && constant.value() instanceof Long micros
                && micros >= 0) {
            return micros;
        }
        return -1;
    }

    private static MillraceException wrong(String message, String hint, SqlNode place) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, message, hint, Nodes.position(place), null);
    }
}
