package io.millrace.executor.state;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.state.KeyLayout.KeyColumn;
import java.util.Arrays;
import java.util.List;

/** Encodes the key columns of batches into words, a column at a time. -0.0 counts as 0.0, and all NaNs as one. */
public final class KeyEncoder {
    private final KeyLayout layout;
    private final int[] sources;
    private final StringInterner interner;
    private final boolean isSearch;

    /** @param sources the column of the batch per key column */
    public KeyEncoder(KeyLayout layout, List<Integer> sources, StringInterner interner) {
        this(layout, sources, interner, false);
    }

    private KeyEncoder(KeyLayout layout, List<Integer> sources, StringInterner interner, boolean isSearch) {
        this.isSearch = isSearch;
        this.layout = layout;
        this.sources = sources.stream().mapToInt(Integer::intValue).toArray();
        this.interner = interner;
    }

    /** An encoder of keys that are only looked up: strings that no key in state has leave nothing behind. */
    public static KeyEncoder forSearch(KeyLayout layout, List<Integer> sources, StringInterner interner) {
        return new KeyEncoder(layout, sources, interner, true);
    }

    /** Encodes the keys of the first {@code count} of {@code rows}. */
    public void encode(Batch batch, int[] rows, int count, KeyWords out) {
        for (int word = layout.nullWord(); word < layout.width(); word++) {
            Arrays.fill(out.words(word), 0, count, 0);
        }
        for (int key = 0; key < sources.length; key++) {
            KeyColumn target = layout.columns().get(key);
            Column source = batch.column(sources[key]);
            encodeColumn(source, target, rows, count, out);
            if (source.hasNulls() && target.hasNullBit()) {
                encodeNulls(source, target, rows, count, out);
            }
        }
        out.hash(count);
    }

    private void encodeColumn(Column source, KeyColumn target, int[] rows, int count, KeyWords out) {
        long[] words = out.words(target.word());
        if (source instanceof LongColumn longs) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                words[i] = values[rows[i]];
            }
        } else if (source instanceof DoubleColumn doubles) {
            double[] values = doubles.values();
            for (int i = 0; i < count; i++) {
                words[i] = Double.doubleToLongBits(values[rows[i]] + 0.0);
            }
        } else if (source instanceof DecimalColumn decimals) {
            long[] lows = out.words(target.word() + 1);
            for (int i = 0; i < count; i++) {
                words[i] = decimals.high()[rows[i]];
                lows[i] = decimals.low()[rows[i]];
            }
        } else {
            encodeStrings((StringColumn) source, rows, count, words, out.words(target.word() + 1));
        }
    }

    private void encodeStrings(StringColumn source, int[] rows, int count, long[] firsts, long[] seconds) {
        byte[] bytes = source.bytes();
        int[] offsets = source.offsets();
        for (int i = 0; i < count; i++) {
            int start = offsets[rows[i]];
            int length = offsets[rows[i] + 1] - start;
            firsts[i] = StringWords.first(bytes, start, length);
            seconds[i] = isSearch
                    ? StringWords.known(bytes, start, length, interner)
                    : StringWords.second(bytes, start, length, interner);
        }
        if (source.hasNulls()) {
            for (int i = 0; i < count; i++) {
                if (source.isNull(rows[i])) {
                    firsts[i] = 0;
                    seconds[i] = 0;
                }
            }
        }
    }

    private void encodeNulls(Column source, KeyColumn target, int[] rows, int count, KeyWords out) {
        long[] nulls = out.words(layout.nullWord() + (target.nullBit() >>> 6));
        boolean isWide = source instanceof DecimalColumn;
        for (int i = 0; i < count; i++) {
            if (source.isNull(rows[i])) {
                nulls[i] |= 1L << target.nullBit();
                out.words(target.word())[i] = 0;
                if (isWide) {
                    out.words(target.word() + 1)[i] = 0;
                }
            }
        }
    }
}
