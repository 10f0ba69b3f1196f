package io.millrace.executor;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.column.Selection;
import io.millrace.executor.table.TableChange;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.table.TableStatement;
import io.millrace.executor.table.TableVersion;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** A table of (id, name, n), and statements on it that need no SQL. */
final class TableFixture {
    static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);

    /** A row, and the number that it has in a version. */
    record Row(long id, String name, Long n, int number) {
        Row(long id, String name, Long n) {
            this(id, name, n, -1);
        }

        Row withoutNumber() {
            return new Row(id, name, n);
        }
    }

    private TableFixture() {}

    static TableDefinition table(long id, boolean hasKey) {
        return new TableDefinition(
                id,
                "t" + id,
                List.of(
                        new ColumnDefinition("id", BIGINT.notNull()),
                        new ColumnDefinition("name", DataType.varchar()),
                        new ColumnDefinition("n", BIGINT)),
                hasKey ? List.of(0) : List.of(),
                Arrays.asList(null, null, null),
                Map.of(),
                "CREATE TABLE");
    }

    static List<Column> columns(List<Row> rows) {
        List<ColumnBuilder> builders =
                List.of(ColumnBuilder.of(BIGINT), ColumnBuilder.of(DataType.varchar()), ColumnBuilder.of(BIGINT));
        for (Row row : rows) {
            builders.get(0).appendLong(row.id());
            builders.get(1).appendValue(row.name());
            builders.get(2).appendValue(row.n());
        }
        return builders.stream()
                .map(ColumnBuilder::build)
                .map(Column.class::cast)
                .toList();
    }

    static TableStatement insert(List<Row> rows) {
        return new TableStatement(TableStatement.Kind.INSERT, before -> TableChange.insert(columns(rows), rows.size()));
    }

    static TableStatement delete(Predicate<Row> condition) {
        return new TableStatement(TableStatement.Kind.DELETE, before -> {
            List<Row> found = rows(before.get()).stream().filter(condition).toList();
            return TableChange.delete(found.stream().mapToInt(Row::number).toArray());
        });
    }

    static TableStatement update(Predicate<Row> condition, Function<Row, Row> change) {
        return new TableStatement(TableStatement.Kind.UPDATE, before -> {
            List<Row> found = rows(before.get()).stream().filter(condition).toList();
            return TableChange.update(
                    found.stream().mapToInt(Row::number).toArray(),
                    columns(found.stream().map(change).toList()));
        });
    }

    /** All rows of a version, with their numbers. */
    static List<Row> rows(TableVersion version) {
        List<Row> rows = new ArrayList<>();
        TableRows scan = version.scan(List.of(0, 1, 2, 3));
        for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
            Selection selection = batch.selection();
            for (int i = 0; i < batch.selectedCount(); i++) {
                rows.add(row(batch, selection == null ? i : selection.rows()[i]));
            }
        }
        return rows;
    }

    private static Row row(Batch batch, int row) {
        return new Row(
                (Long) ColumnValues.value(batch.column(0), row, BIGINT),
                (String) ColumnValues.value(batch.column(1), row, DataType.varchar()),
                (Long) ColumnValues.value(batch.column(2), row, BIGINT),
                ((Long) ColumnValues.value(batch.column(3), row, BIGINT)).intValue());
    }

    /** The row of a key; null when there is none. */
    static Row find(TableVersion version, long id) {
        ColumnBuilder key = ColumnBuilder.of(BIGINT);
        key.appendLong(id);
        Batch found = version.find(List.of(key.build()), List.of(0, 1, 2, 3));
        return found == null ? null : row(found, 0);
    }
}
