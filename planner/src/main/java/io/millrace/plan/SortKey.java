package io.millrace.plan;

/** One item of an ORDER BY; strings compare by their UTF-8 bytes. */
public record SortKey(int column, boolean descending, boolean nullsFirst) {}
