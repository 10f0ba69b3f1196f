package io.millrace.plan;

import java.util.List;

/** The columns of a relation, in order. Names need not be unique. */
public record RowType(List<Field> fields) {
    public RowType {
        fields = List.copyOf(fields);
    }

    public int size() {
        return fields.size();
    }

    public DataType type(int column) {
        return fields.get(column).type();
    }

    public String name(int column) {
        return fields.get(column).name();
    }

    public List<DataType> types() {
        return fields.stream().map(Field::type).toList();
    }
}
