package io.millrace.server.system;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** A relation of schema {@code sys} and where its rows come from. Thread-safe. */
interface SystemRelation {
    SystemTable definition();

    /** Gives all rows as they are now. */
    void read(SystemRows rows);

    static ColumnDefinition text(String name) {
        return new ColumnDefinition(name, DataType.varchar().notNull());
    }

    static ColumnDefinition number(String name) {
        return new ColumnDefinition(name, DataType.of(DataType.Kind.BIGINT).notNull());
    }

    static ColumnDefinition time(String name) {
        return new ColumnDefinition(name, DataType.timestamp(3).notNull());
    }

    static ColumnDefinition optional(ColumnDefinition column) {
        return new ColumnDefinition(column.name(), column.type().withNullable(true));
    }

    /** What a TIMESTAMP(3) can hold of microseconds since the epoch; null of {@code Watermarks.NONE}. */
    static @Nullable Long millis(long micros) {
        return micros == Watermarks.NONE ? null : micros - Math.floorMod(micros, 1_000);
    }
}
