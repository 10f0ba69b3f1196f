package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import java.util.List;

/** The rows that a block had when it was looked at. Immutable, but for deaths that lie in the future of its readers. */
record BlockView(List<Column> columns, Deaths deaths, int rows) {}
