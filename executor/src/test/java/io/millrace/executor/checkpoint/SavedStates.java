package io.millrace.executor.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What saves have written of the states of an operator, for tests. */
public final class SavedStates {
    private final List<List<byte[]>> blocks = new ArrayList<>();
    private final List<StateWriter> writers = new ArrayList<>();

    /** Begins to save: everything if it has to be, or by chance. */
    public void begin(List<? extends SavedState> states, Random random) {
        boolean isAll = blocks.isEmpty() || states.stream().anyMatch(SavedState::needsAll) || random.nextInt(4) == 0;
        if (isAll) {
            blocks.clear();
            states.forEach(state -> blocks.add(new ArrayList<>()));
        }
        writers.clear();
        for (int i = 0; i < states.size(); i++) {
            writers.add(new StateWriter(blocks.get(i)::add));
            states.get(i).beginSave(isAll, writers.get(i));
        }
    }

    /** Writes what has not been written yet. */
    public void end(List<? extends SavedState> states) {
        for (int i = 0; i < states.size(); i++) {
            SavedState state = states.get(i);
            for (boolean hasMore = true; hasMore; ) {
                hasMore = state.saveSome();
            }
            state.endSave();
            writers.get(i).flush();
        }
    }

    /** Gives new states what has been written. */
    public void restore(List<? extends SavedState> states) {
        for (int i = 0; i < states.size(); i++) {
            for (byte[] block : blocks.get(i)) {
                StateReader in = new StateReader(block);
                while (in.hasMore()) {
                    states.get(i).restore(in);
                }
            }
        }
        states.forEach(SavedState::restored);
    }
}
