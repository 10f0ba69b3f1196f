package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.SideObjects;
import org.jspecify.annotations.Nullable;

/**
 * A sketch for each group, made when its first value comes; nothing can be taken away from it.
 *
 * <pre>
 * | number of the sketch or 0 |
 * </pre>
 */
abstract class SketchAccumulator<T> extends Accumulator {
    static final int WORDS = 1;

    private final int slot;

    /** @param slot of tables, of its own */
    SketchAccumulator(int offset, int slot) {
        super(offset);
        this.slot = slot;
    }

    abstract T newSketch();

    /** The bytes that a sketch holds. */
    abstract long bytes(T sketch);

    abstract void merge(T from, T into);

    abstract void save(T sketch, StateWriter out);

    abstract T restore(StateReader in);

    @Override
    int words() {
        return WORDS;
    }

    @Override
    boolean hasSide() {
        return true;
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            T source = find(from, first + i);
            if (source != null) {
                SideObjects<T> objects = objects(into);
                T target = sketch(objects, into, groups[i]);
                long before = bytes(target);
                merge(source, target);
                objects.grow(bytes(target) - before);
            }
        }
    }

    @Override
    void forget(GroupTable table, int group) {
        T sketch = find(table, group);
        if (sketch != null) {
            SideObjects<T> objects = objects(table);
            objects.grow(-bytes(sketch));
            objects.free(number(table, group));
            table.page(group)[table.at(group) + offset] = 0;
        }
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        T sketch = find(table, group);
        out.flag(sketch != null);
        if (sketch != null) {
            save(sketch, out);
        }
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        forget(table, group);
        if (in.flag()) {
            put(objects(table), table, group, restore(in));
        }
    }

    final @Nullable T find(GroupTable table, int group) {
        long number = number(table, group);
        return number == 0 ? null : objects(table).object(number);
    }

    /** The sketch of a group, which is made if there is none. */
    final T sketch(SideObjects<T> objects, GroupTable table, int group) {
        long number = number(table, group);
        if (number != 0) {
            return objects.object(number);
        }
        return put(objects, table, group, newSketch());
    }

    private T put(SideObjects<T> objects, GroupTable table, int group, T sketch) {
        objects.grow(bytes(sketch));
        table.page(group)[table.at(group) + offset] = objects.add(sketch);
        return sketch;
    }

    @SuppressWarnings("unchecked")
    final SideObjects<T> objects(GroupTable table) {
        if (!(table.side(slot) instanceof SideObjects<?> objects)) {
            SideObjects<T> made = new SideObjects<>();
            table.side(slot, made);
            return made;
        }
        return (SideObjects<T>) objects;
    }

    private long number(GroupTable table, int group) {
        return table.page(group)[table.at(group) + offset];
    }
}
