package io.millrace.catalog;

import io.millrace.plan.DataType;

/** A column of a stream; NOT NULL is the type's nullability. */
public record ColumnDefinition(String name, DataType type) {}
