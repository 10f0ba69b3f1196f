package io.millrace.server.statement;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import io.millrace.planner.DefaultValues;
import io.millrace.planner.StatementPlan;
import java.util.List;

/** DESCRIBE. */
final class DescribeHandler implements StatementHandler<StatementPlan.Describe> {
    private static final List<OutputColumn> COLUMNS = List.of(
            new OutputColumn("name", RowsResult.TEXT),
            new OutputColumn("type", RowsResult.TEXT),
            new OutputColumn("nullable", RowsResult.TEXT),
            new OutputColumn("key", RowsResult.TEXT),
            new OutputColumn("extra", RowsResult.TEXT));

    @Override
    public List<OutputColumn> output(StatementPlan.Describe plan) {
        return COLUMNS;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Describe> request) {
        Relation relation = request.plan().relation();
        RowsResult result = new RowsResult(COLUMNS);
        if (relation instanceof StreamDefinition stream) {
            describe(stream, result);
        } else if (relation instanceof TableDefinition table) {
            describe(table, result);
        } else if (relation instanceof ViewDefinition view) {
            for (int i = 0; i < view.columns().size(); i++) {
                DataType type = view.columnType(i);
                String extra = i == view.timeColumn() ? "time column" : "";
                add(result, view.columnName(i), type.toString(), type.nullable(), extra);
            }
        } else {
            for (ColumnDefinition column : relation.columns()) {
                add(
                        result,
                        column.name(),
                        column.type().toString(),
                        column.type().nullable(),
                        "");
            }
        }
        return result.build();
    }

    private static void describe(StreamDefinition stream, RowsResult result) {
        WatermarkDefinition watermark = stream.watermark();
        for (int i = 0; i < stream.columns().size(); i++) {
            ColumnDefinition column = stream.columns().get(i);
            String extra = watermark != null && watermark.timeColumn() == i ? time(watermark) : "";
            add(result, column.name(), column.type().toString(), column.type().nullable(), extra);
        }
        String extra = watermark == null ? "append time, the stream's time column" : "append time";
        add(result, StreamDefinition.ROWTIME, StreamDefinition.ROWTIME_TYPE.toString(), false, extra + ", not in *");
    }

    private static void describe(TableDefinition table, RowsResult result) {
        for (int i = 0; i < table.columns().size(); i++) {
            DataType type = table.columnType(i);
            String value = DefaultValues.text(table, i);
            result.add(
                    table.columnName(i),
                    type.toString(),
                    type.nullable() ? "YES" : "NO",
                    table.primaryKey().contains(i) ? "PRIMARY KEY" : null,
                    value == null ? "" : "default " + value);
        }
    }

    private static void add(RowsResult result, String name, String type, boolean nullable, String extra) {
        result.add(name, type, nullable ? "YES" : "NO", null, extra);
    }

    private static String time(WatermarkDefinition watermark) {
        String delay = watermark.delay() < 0 ? "by an expression" : "delay " + Durations.format(watermark.delay());
        return "time column, watermark " + delay + ", idle timeout " + Durations.format(watermark.idleTimeout())
                + ", max future skew " + Durations.format(watermark.maxFutureSkew());
    }
}
