package io.millrace.executor.state;

import java.util.Arrays;

/**
 * Records of a fixed number of words, in pages of {@code long[]}; key words and accumulator words lie side by side.
 *
 * <pre>
 * page 0 | record 0 | record 1 | … | record m |      m = recordMask
 * page 1 | record m + 1        | …
 * </pre>
 *
 * The first page starts small and doubles, so that thousands of small slabs stay small. Not thread-safe.
 */
public final class Slab {
    private static final int MAX_PAGE_WORDS = 1 << 15;
    private static final int FIRST_RECORDS = 8;

    private final int recordWords;
    private final int pageShift;
    private final int recordMask;

    private long[][] pages;
    private int pageCount;
    private int size;
    private int capacity;

    public Slab(int recordWords) {
        this.recordWords = Math.max(1, recordWords);
        int shift = 3;
        while ((this.recordWords << (shift + 1)) <= MAX_PAGE_WORDS) {
            shift++;
        }
        pageShift = shift;
        recordMask = (1 << shift) - 1;
        pages = new long[4][];
    }

    /** How many records are in use; they are 0 to size - 1. */
    public int size() {
        return size;
    }

    public int recordWords() {
        return recordWords;
    }

    /** The page that holds a record; valid until the next {@link #allocate}. */
    public long[] page(int record) {
        return pages[record >>> pageShift];
    }

    /** Where a record begins in its page. */
    public int at(int record) {
        return (record & recordMask) * recordWords;
    }

    /** A new record; its words are arbitrary. */
    public int allocate() {
        if (size == capacity) {
            grow();
        }
        return size++;
    }

    /** Frees all records; the pages stay, for the next ones. */
    public void clear() {
        size = 0;
    }

    /** Frees the records from {@code newSize} on. */
    void truncate(int newSize) {
        size = newSize;
    }

    public long bytes() {
        return (long) capacity * recordWords * Long.BYTES;
    }

    /** Frees what no record is in. */
    public void trim() {
        if (capacity == size) {
            return;
        }
        int fullPage = recordMask + 1;
        pageCount = (size + recordMask) / fullPage;
        pages = Arrays.copyOf(pages, Math.max(1, pageCount));
        if (pageCount == 0) {
            pages[0] = null;
        } else {
            int inLast = size - (pageCount - 1) * fullPage;
            pages[pageCount - 1] = Arrays.copyOf(pages[pageCount - 1], inLast * recordWords);
        }
        capacity = size;
    }

    private void grow() {
        int fullPage = recordMask + 1;
        int inLast = capacity - (pageCount - 1) * fullPage;
        if (pageCount == 0) {
            pages[pageCount++] = new long[FIRST_RECORDS * recordWords];
            capacity = FIRST_RECORDS;
        } else if (inLast < fullPage) {
            int larger = Math.min(fullPage, Math.max(FIRST_RECORDS, inLast * 2));
            pages[pageCount - 1] = Arrays.copyOf(pages[pageCount - 1], larger * recordWords);
            capacity += larger - inLast;
        } else {
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pageCount * 2);
            }
            pages[pageCount++] = new long[fullPage * recordWords];
            capacity = Math.addExact(capacity, fullPage);
        }
    }
}
