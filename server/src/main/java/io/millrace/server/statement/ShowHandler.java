package io.millrace.server.statement;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.StaticResult;
import io.millrace.plan.OutputColumn;
import io.millrace.planner.StatementPlan;
import io.millrace.server.system.SystemSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** SHOW: some columns of a system table, a few of them under other names. */
final class ShowHandler implements StatementHandler<StatementPlan.Show> {
    private static final List<Shown> STREAMS = List.of(
            new Shown("name", "name"),
            new Shown("connector", "connector"),
            new Shown("state", "state"),
            new Shown("rows", "row_count"),
            new Shown("bytes", "byte_count"),
            new Shown("watermark", "watermark"),
            new Shown("late_rows", "late_rows"),
            new Shown("null_time_rows", "null_time_rows"),
            new Shown("future_rows", "future_rows"),
            new Shown("error_rows", "error_rows"),
            new Shown("retention", "retention"),
            new Shown("kept_since", "kept_since"));
    private static final List<Shown> TABLES = List.of(
            new Shown("name", "name"),
            new Shown("state", "state"),
            new Shown("rows", "row_count"),
            new Shown("changes", "change_count"),
            new Shown("memory_bytes", "memory_bytes"),
            new Shown("log_bytes", "log_bytes"));
    private static final List<Shown> VIEWS = List.of(
            new Shown("name", "name"),
            new Shown("kind", "kind"),
            new Shown("state", "state"),
            new Shown("rows", "row_count"),
            new Shown("inputs", "inputs"),
            new Shown("definition", "definition"));
    private static final List<Shown> SINKS = List.of(
            new Shown("name", "name"),
            new Shown("position", "last_position"),
            new Shown("files", "file_count"),
            new Shown("rows", "row_count"),
            new Shown("state", "state"),
            new Shown("error", "error"));
    private static final List<Shown> QUERIES = List.of(
            new Shown("id", "id"),
            new Shown("kind", "kind"),
            new Shown("sql", "statement"),
            new Shown("client", "client"),
            new Shown("started", "started"),
            new Shown("position", "log_position"),
            new Shown("rows", "rows_out"));

    private static final List<Shown> WATERMARKS = List.of(
            new Shown("stream", "name"),
            new Shown("position", "row_count"),
            new Shown("watermark", "watermark"),
            new Shown("held_by", "held_by"),
            new Shown("late_rows", "late_rows"),
            new Shown("future_rows", "future_rows"),
            new Shown("null_time_rows", "null_time_rows"),
            new Shown("next_window", "next_window"));

    private final SystemSchema system;

    ShowHandler(SystemSchema system) {
        this.system = system;
    }

    @Override
    public List<OutputColumn> output(StatementPlan.Show plan) {
        SystemTable table = table(plan);
        return columns(plan).stream()
                .map(shown -> new OutputColumn(shown.label(), table.columnType(index(table, shown))))
                .toList();
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Show> request) {
        List<OutputColumn> output = output(request.plan());
        SystemTable table = table(request.plan());
        List<Batch> batches = system.rows(table.name());
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            int index = index(table, columns(request.plan()).get(i));
            ColumnBuilder builder = ColumnBuilder.of(output.get(i).type());
            batches.forEach(batch -> builder.appendAll(batch.column(index), null));
            columns.add(builder.build());
        }
        int rows = batches.stream().mapToInt(Batch::rowCount).sum();
        return new StatementResult.Rows(new StaticResult(output, new ResultBatch(rows, columns)));
    }

    private SystemTable table(StatementPlan.Show plan) {
        return system.definition(
                switch (plan.subject()) {
                    case STREAMS -> "streams";
                    case TABLES -> "tables";
                    case VIEWS -> "views";
                    case SINKS -> "sinks";
                    case QUERIES -> "queries";
                    case WATERMARKS -> "watermarks";
                });
    }

    private static List<Shown> columns(StatementPlan.Show plan) {
        return switch (plan.subject()) {
            case STREAMS -> STREAMS;
            case TABLES -> TABLES;
            case VIEWS -> VIEWS;
            case SINKS -> SINKS;
            case QUERIES -> QUERIES;
            case WATERMARKS -> WATERMARKS;
        };
    }

    private static int index(SystemTable table, Shown shown) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> table.columnName(i).equals(shown.column()))
                .findFirst()
                .orElseThrow();
    }

    /** A column of the table, and what SHOW calls it. */
    private record Shown(String label, String column) {}
}
