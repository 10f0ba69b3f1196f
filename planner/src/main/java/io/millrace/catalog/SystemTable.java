package io.millrace.catalog;

import java.util.List;

/** A relation of schema {@code sys}, whose rows the server makes when a query reads it. */
public record SystemTable(String name, List<ColumnDefinition> columns) implements Relation {
    public static final String SCHEMA = "sys";

    public SystemTable {
        columns = List.copyOf(columns);
    }

    @Override
    public String noun() {
        return "system table";
    }
}
