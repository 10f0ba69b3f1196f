package io.millrace.executor.checkpoint;

/**
 * A state that is saved while it goes on changing. What is saved is the state as it was at {@link #beginSave}: whoever is about
 * to change a piece that has not been written yet writes it first (copy on write); the others are written between steps, a few at
 * a time. So no step waits for a large state, and nothing is copied that is not written.
 *
 * <p>For the thread that works on the state. Order of calls: {@link #beginSave}, {@link #saveSome} until it returns false,
 * beginSave again; {@link #endSave} gives up in between. Before all else, a new state may be given parts by {@link #restore}, in
 * the order in which they were written, those of the oldest save first.
 */
public interface SavedState {
    /** Whether the next save has to be of everything: nothing is known of the last. */
    boolean needsAll();

    /**
     * Begins to save, between two steps.
     *
     * @param all false: only what has changed since the last save
     * @param out takes the parts
     */
    void beginSave(boolean all, StateWriter out);

    /**
     * Writes some of what has yet to be written, a few thousand pieces at most.
     *
     * @return false when all has been written
     */
    boolean saveSome();

    /** Ends the save; after one that was given up the next has to be of everything. */
    void endSave();

    /** Takes a part that was written. */
    void restore(StateReader in);

    /** All parts have been taken: what changes from now on is what the next save has to write. */
    void restored();
}
