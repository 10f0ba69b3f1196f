package io.millrace.catalog;

import io.millrace.plan.DataType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An append-only stream kept in the log.
 *
 * @param id unique over the life of a data directory, so that a dropped and recreated stream has a log of its own
 * @param watermark null: the stream's time is {@code rowtime}, the append time
 * @param options of WITH, keys in lower case
 * @param sql the statement that created it, as it was typed
 */
public record StreamDefinition(
        long id,
        String name,
        List<ColumnDefinition> columns,
        @Nullable WatermarkDefinition watermark,
        Map<String, String> options,
        String sql)
        implements StoredRelation {
    /** The name of the append time, which every stream has and {@code *} leaves out. */
    public static final String ROWTIME = "rowtime";

    public static final DataType ROWTIME_TYPE = DataType.timestamp(3).notNull();

    public StreamDefinition {
        columns = List.copyOf(columns);
        options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** How much of it is kept; the options have been checked. */
    public Retention retention() {
        return Retention.of(options);
    }

    @Override
    public StreamDefinition withId(long newId) {
        return new StreamDefinition(newId, name, columns, watermark, options, sql);
    }

    /** The index that plans use for {@code rowtime}: one past the declared columns. */
    public int rowtimeIndex() {
        return columns.size();
    }

    @Override
    public String noun() {
        return "stream";
    }

    @Override
    public int readableColumns() {
        return columns.size() + 1;
    }

    @Override
    public DataType columnType(int index) {
        return index == columns.size() ? ROWTIME_TYPE : columns.get(index).type();
    }

    @Override
    public String columnName(int index) {
        return index == columns.size() ? ROWTIME : columns.get(index).name();
    }
}
