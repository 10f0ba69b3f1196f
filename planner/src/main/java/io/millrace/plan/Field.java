package io.millrace.plan;

/** A named column of a row type. */
public record Field(String name, DataType type) {}
