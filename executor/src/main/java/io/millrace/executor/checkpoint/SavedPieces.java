package io.millrace.executor.checkpoint;

import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A state that consists of numbered pieces, such as the groups of an aggregate: which of them have changed since the last save,
 * and which have yet to be written by the one under way. For one thread at a time.
 */
public final class SavedPieces implements SavedState {
    private final int perCall;
    private final IntSupplier size;
    private final Writer writer;
    private final Consumer<StateReader> reader;
    private final Runnable afterwards;
    private final int[] batch;

    private BitSet changed = new BitSet();
    private BitSet unwritten = new BitSet();
    /** Whether {@link #changed} tells all that has changed since the last save. */
    private boolean isKnown;

    private boolean isSaving;
    private int next;
    private StateWriter out = StateWriter.NOWHERE;
    /** Why a piece that was about to change could not be written; the save comes to nothing, and the change goes on. */
    private @Nullable Throwable failure;

    /** Writes pieces as they are, as one part. */
    @FunctionalInterface
    public interface Writer {
        void write(int[] pieces, int count, StateWriter out);
    }

    /**
     * @param perCall how many pieces are written at once
     * @param size tells how many pieces there are
     * @param reader takes a part, in the place of what is there of its pieces
     */
    public SavedPieces(int perCall, IntSupplier size, Writer writer, Consumer<StateReader> reader) {
        this(perCall, size, writer, reader, () -> {});
    }

    /** @param afterwards is run when all parts have been taken */
    public SavedPieces(
            int perCall, IntSupplier size, Writer writer, Consumer<StateReader> reader, Runnable afterwards) {
        this.afterwards = afterwards;
        this.perCall = perCall;
        this.size = size;
        this.writer = writer;
        this.reader = reader;
        batch = new int[perCall];
    }

    public boolean isSaving() {
        return isSaving;
    }

    /** Pieces are about to change, or are new. */
    public void changing(int[] pieces, int from, int count) {
        if (!isKnown && !isSaving) {
            return; // the next save is of everything
        }
        int late = 0;
        for (int i = from; i < from + count; i++) {
            changed.set(pieces[i]);
            if (isSaving && unwritten.get(pieces[i])) {
                unwritten.clear(pieces[i]);
                batch[late++] = pieces[i];
                if (late == perCall) {
                    writeEarly(late);
                    late = 0;
                }
            }
        }
        writeEarly(late);
    }

    private void writeEarly(int count) {
        try {
            write(count);
        } catch (RuntimeException | Error cause) { // is told to whoever saves
            failure = cause;
            isKnown = false;
            isSaving = false;
            unwritten = new BitSet();
        }
    }

    /** A piece is about to change, or is new. */
    public void changing(int piece) {
        if (isKnown || isSaving) {
            changed.set(piece);
            if (isSaving && unwritten.get(piece)) {
                unwritten.clear(piece);
                batch[0] = piece;
                writeEarly(1);
            }
        }
    }

    private void write(int count) {
        if (count > 0) {
            writer.write(batch, count, out);
            out.endPart();
        }
    }

    /** Pieces have got other numbers: the next save is of everything. Not while one is under way. */
    public void renumbered() {
        changed = new BitSet();
        isKnown = false;
    }

    @Override
    public boolean needsAll() {
        return !isKnown;
    }

    @Override
    public void beginSave(boolean all, StateWriter to) {
        out = to;
        failure = null;
        if (all || !isKnown) {
            unwritten = new BitSet(size.getAsInt());
            unwritten.set(0, size.getAsInt());
        } else {
            unwritten = changed;
        }
        changed = new BitSet();
        next = 0;
        isSaving = true;
        isKnown = true;
    }

    @Override
    public boolean saveSome() {
        if (failure != null) {
            throw new IllegalStateException("a piece could not be written", failure);
        }
        int count = 0;
        for (int piece = unwritten.nextSetBit(next);
                piece >= 0 && count < perCall;
                piece = unwritten.nextSetBit(next)) {
            batch[count++] = piece;
            next = piece + 1;
            unwritten.clear(piece);
        }
        write(count);
        if (count < perCall) {
            out.flush();
        }
        return count == perCall;
    }

    @Override
    public void endSave() {
        isKnown &= unwritten.isEmpty() && failure == null;
        isSaving = false;
        unwritten = new BitSet();
        out = StateWriter.NOWHERE;
    }

    @Override
    public void restore(StateReader in) {
        reader.accept(in);
    }

    @Override
    public void restored() {
        changed = new BitSet();
        isKnown = true;
        afterwards.run();
    }

    public long bytes() {
        return changed.size() / 8 + unwritten.size() / 8;
    }
}
