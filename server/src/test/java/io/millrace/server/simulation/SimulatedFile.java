package io.millrace.server.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What a file has, what of it is on disk, and the changes in between. */
final class SimulatedFile implements SimulatedNode {
    private static final int SECTOR_BYTES = 512;

    private byte[] content = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private int durableSize;
    private List<Change> pending = new ArrayList<>();

    /** @param bytes null: the file was cut or made longer, to {@code offset} */
    private record Change(int offset, byte[] bytes) {}

    int size() {
        return size;
    }

    int read(int position, ByteBuffer into) {
        if (position >= size) {
            return -1;
        }
        int read = Math.min(into.remaining(), size - position);
        into.put(content, position, read);
        return read;
    }

    void write(int position, byte[] bytes) {
        Change change = new Change(position, bytes);
        pending.add(change);
        State state = new State(content, size);
        state.apply(change);
        content = state.content;
        size = state.size;
    }

    void resize(int newSize) {
        Change change = new Change(newSize, null);
        pending.add(change);
        State state = new State(content, size);
        state.apply(change);
        content = state.content;
        size = state.size;
    }

    void force() {
        State state = new State(durable, durableSize);
        pending.forEach(state::apply);
        durable = state.content;
        durableSize = state.size;
        pending = new ArrayList<>();
    }

    /** The file after the machine has lost its power. */
    SimulatedFile after(CrashKind kind, SplittableRandom random) {
        SimulatedFile file = new SimulatedFile();
        if (kind == CrashKind.PROCESS_ENDS) {
            file.content = content.clone();
            file.size = size;
            file.durable = durable.clone();
            file.durableSize = durableSize;
            file.pending = new ArrayList<>(pending);
            return file;
        }
        State state = new State(durable.clone(), durableSize);
        for (Change change : pending) {
            if (kind == CrashKind.ANYTHING_IS_LOST && random.nextInt(3) > 0) {
                state.apply(random.nextInt(3) == 0 ? torn(change, random) : change);
            }
        }
        file.content = state.content;
        file.size = state.size;
        file.durable = state.content.clone();
        file.durableSize = state.size;
        return file;
    }

    /** As many sectors as the disk had written; what of the rest was there before stays. */
    private static Change torn(Change change, SplittableRandom random) {
        if (change.bytes == null || change.bytes.length == 0) {
            return change;
        }
        int end = change.offset + random.nextInt(change.bytes.length);
        int whole = Math.max(change.offset, end / SECTOR_BYTES * SECTOR_BYTES);
        return new Change(change.offset, Arrays.copyOf(change.bytes, whole - change.offset));
    }

    /** Flips a bit of what is on disk. */
    void flip(int position, int bit) {
        content[position] ^= (byte) (1 << bit);
        durable[position] ^= (byte) (1 << bit);
    }

    private static final class State {
        private byte[] content;
        private int size;

        State(byte[] content, int size) {
            this.content = content;
            this.size = size;
        }

        void apply(Change change) {
            byte[] bytes = change.bytes;
            int end = bytes == null ? change.offset : change.offset + bytes.length;
            if (end > content.length) {
                content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
            }
            if (bytes == null) {
                if (end < size) {
                    Arrays.fill(content, end, size, (byte) 0);
                }
                size = end;
            } else {
                System.arraycopy(bytes, 0, content, change.offset, bytes.length);
                size = Math.max(size, end);
            }
        }
    }
}
