package io.millrace.catalog;

import io.millrace.plan.DataType;

/** A column of a stream or table; NOT NULL is the type's nullability. */
public record ColumnDefinition(String name, DataType type) {}
