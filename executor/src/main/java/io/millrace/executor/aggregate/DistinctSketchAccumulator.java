package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.Hashing;
import io.millrace.executor.state.SideObjects;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/** APPROX_COUNT_DISTINCT: a HyperLogLog sketch of 4096 buckets, the same however the values came. */
final class DistinctSketchAccumulator extends SketchAccumulator<Union> {
    private static final int LOG_BUCKETS = 12;
    /** Of the objects around the array of a sketch. */
    private static final int OVERHEAD = 160;

    private static final long SEED = 9001;
    private static final long EMPTY_STRING = 0x5851F42D4C957F2DL;

    DistinctSketchAccumulator(int offset, int slot) {
        super(offset, slot);
    }

    @Override
    Union newSketch() {
        return new Union(LOG_BUCKETS);
    }

    @Override
    long bytes(Union sketch) {
        return OVERHEAD + sketch.getUpdatableSerializationBytes();
    }

    @Override
    void merge(Union from, Union into) {
        into.update(from.getResult(TgtHllType.HLL_8));
    }

    @Override
    void save(Union sketch, StateWriter out) {
        byte[] bytes = sketch.toCompactByteArray();
        out.bytes(bytes, 0, bytes.length);
    }

    @Override
    Union restore(StateReader in) {
        return Union.heapify(in.bytes());
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        SideObjects<Union> objects = objects(table);
        for (int i = 0; i < count; i++) {
            Union sketch = sketch(objects, table, groups[i]);
            long before = sketch.getUpdatableSerializationBytes();
            add(sketch, column, rows[i]);
            objects.grow(sketch.getUpdatableSerializationBytes() - before);
        }
    }

    private static void add(Union sketch, @Nullable Column column, int row) {
        if (column instanceof LongColumn longs) {
            sketch.update(longs.values()[row]);
        } else if (column instanceof DoubleColumn doubles) {
            sketch.update(doubles.values()[row]);
        } else if (column instanceof DecimalColumn decimals) {
            sketch.update(Hashing.mix(Hashing.mix(decimals.high()[row]), decimals.low()[row]));
        } else if (column instanceof StringColumn strings) {
            int length = strings.length(row);
            sketch.update(
                    length == 0
                            ? EMPTY_STRING
                            : MurmurHash3.hash(strings.bytes(), strings.start(row), length, SEED)[0]);
        } else {
            throw new IllegalArgumentException("no count of different values of " + column);
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        Union sketch = find(table, group);
        // the other estimate depends on the order of the values
        out.appendLong(sketch == null ? 0 : Math.round(sketch.getCompositeEstimate()));
    }
}
