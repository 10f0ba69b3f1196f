package io.millrace.executor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SavedPiecesTest {
    /** A state of numbers, which can be saved. */
    private static final class Numbers {
        private final List<Long> values = new ArrayList<>();
        private final SavedPieces pieces = new SavedPieces(3, values::size, this::write, this::read);

        private void write(int[] of, int count, StateWriter out) {
            out.count(count);
            for (int i = 0; i < count; i++) {
                out.count(of[i]);
                out.number(values.get(of[i]));
            }
        }

        private void read(StateReader in) {
            int count = in.count();
            for (int i = 0; i < count; i++) {
                int piece = in.count();
                while (values.size() <= piece) {
                    values.add(0L);
                }
                values.set(piece, in.number());
            }
        }

        void change(Random random) {
            if (values.isEmpty() || random.nextInt(4) == 0) {
                values.add(random.nextLong());
                pieces.changing(values.size() - 1);
                return;
            }
            int[] changed = random.ints(1 + random.nextInt(6), 0, values.size()).toArray();
            pieces.changing(changed, 0, changed.length);
            for (int piece : changed) {
                values.set(piece, random.nextLong());
            }
        }
    }

    /** Whatever changes while it is being saved, a save holds the state as it was when the save began. */
    @Test
    void savesHoldTheStateAsItWasWhenTheyBegan() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Numbers numbers = new Numbers();
            List<byte[]> blocks = new ArrayList<>();
            for (int save = 0; save < 6; save++) {
                for (int i = random.nextInt(20); i > 0; i--) {
                    numbers.change(random);
                }
                boolean isAll = numbers.pieces.needsAll() || random.nextInt(3) == 0;
                if (isAll) {
                    blocks.clear();
                }
                List<Long> then = List.copyOf(numbers.values);
                StateWriter out = new StateWriter(blocks::add);
                numbers.pieces.beginSave(isAll, out);
                boolean isGivenUp = random.nextInt(8) == 0;
                while (!isGivenUp && numbers.pieces.saveSome()) {
                    numbers.change(random);
                }
                numbers.pieces.endSave();
                out.flush();
                if (numbers.pieces.needsAll()) {
                    continue; // given up before all was written
                }
                Numbers restored = new Numbers();
                for (byte[] block : blocks) {
                    StateReader in = new StateReader(block);
                    while (in.hasMore()) {
                        restored.pieces.restore(in);
                    }
                }
                restored.pieces.restored();
                assertThat(restored.values)
                        .as("seed " + seed + ", round " + round)
                        .isEqualTo(then);
                assertThat(restored.pieces.needsAll()).isFalse();
            }
        }
    }
}
