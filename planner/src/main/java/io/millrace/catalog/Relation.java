package io.millrace.catalog;

import io.millrace.plan.DataType;
import java.util.List;

/** What a name after FROM can stand for in the catalog. */
public sealed interface Relation permits CreatedRelation, SystemTable {
    String name();

    /** The declared columns, which are those of {@code *}. */
    List<ColumnDefinition> columns();

    /** What the relation is, in a sentence: «stream», «table», «view». */
    String noun();

    /** The declared columns and those that must be named: {@code rowtime} of a stream. */
    default int readableColumns() {
        return columns().size();
    }

    /** The type of one of the {@link #readableColumns}. */
    default DataType columnType(int index) {
        return columns().get(index).type();
    }

    /** The name of one of the {@link #readableColumns}. */
    default String columnName(int index) {
        return columns().get(index).name();
    }

    /** The types of the declared columns. */
    default List<DataType> columnTypes() {
        return columns().stream().map(ColumnDefinition::type).toList();
    }
}
