package io.millrace.executor.state;

import io.millrace.executor.work.QueryScope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each group of a table has each value, ordered by group and value: a B+ tree over words.
 *
 * <pre>
 * inner | least entry of child 0 | … | least entry of child m |      (that of child 0 is not read)
 * leaf  | entry 0 | entry 1 | … | entry n |  ⇄  the next leaf
 * entry | group | words of the value … | count |
 * </pre>
 *
 * A count can be below 0 while what is taken away comes before what was added; an entry of count 0 goes. Not thread-safe.
 */
public final class OrderedCounts implements SideState {
    private static final int MOST_ENTRIES = 64;
    private static final int FIRST_ENTRIES = 4;
    /** Siblings are merged when together they have no more: what was merged is not split by the next entry. */
    private static final int MERGED_ENTRIES = MOST_ENTRIES * 3 / 4;

    private static final int NODE_BYTES = 64;

    private final KeyLayout layout;
    private final KeyComparison comparison;
    private final int entryWords;
    private final long[] probe;

    private Node root;
    private long bytes;
    private int entriesAdded;

    public OrderedCounts(KeyLayout layout, KeyComparison comparison) {
        this.layout = layout;
        this.comparison = comparison;
        entryWords = layout.width() + 2;
        probe = new long[entryWords];
        root = newNode(false, FIRST_ENTRIES);
    }

    /** The words of an entry from {@link #at} on in a page; a cursor is valid until the next change. */
    public final class Cursor {
        private final boolean isOfAll;
        private @Nullable Node leaf;
        private int entry;
        private long group;

        private Cursor(boolean isOfAll) {
            this.isOfAll = isOfAll;
        }

        /** Goes to the first value of a group that it has; false when there is none. */
        public boolean first(long ofGroup) {
            group = ofGroup;
            seek(ofGroup);
            return skip(1);
        }

        /** Goes to the last one. */
        public boolean last(long ofGroup) {
            group = ofGroup;
            seek(ofGroup + 1);
            entry--;
            return skip(-1);
        }

        /** Goes to the first value that the group has whose first word is no less; the first column is a number, ascending. */
        public boolean ceiling(long ofGroup, long firstWord) {
            group = ofGroup;
            seek(ofGroup, firstWord);
            return skip(1);
        }

        /** Goes to the last one whose first word is no more. */
        public boolean floor(long ofGroup, long firstWord) {
            group = ofGroup;
            seek(ofGroup, firstWord + 1);
            entry--;
            return skip(-1);
        }

        public boolean next() {
            entry++;
            return skip(1);
        }

        public boolean previous() {
            entry--;
            return skip(-1);
        }

        public long[] page() {
            return java.util.Objects.requireNonNull(leaf).words;
        }

        /** Where the words of the value begin. */
        public int at() {
            return entry * entryWords + 1;
        }

        public long count() {
            return page()[(entry + 1) * entryWords - 1];
        }

        private void seek(long least) {
            seek(least, Long.MIN_VALUE);
        }

        private void seek(long least, long firstWord) {
            Node node = root;
            while (node.children != null) {
                node = node.children[entriesBefore(node, 1, least, firstWord) - 1];
            }
            leaf = node;
            entry = entriesBefore(node, 0, least, firstWord);
        }

        private boolean skip(int direction) {
            Node at = leaf;
            while (at != null) {
                if (entry < 0 || entry >= at.size) {
                    at = direction > 0 ? at.next : at.previous;
                    entry = at == null || direction > 0 ? 0 : at.size - 1;
                    continue;
                }
                if (at.words[entry * entryWords] != group) {
                    break;
                }
                if (isOfAll || at.words[(entry + 1) * entryWords - 1] > 0) {
                    leaf = at;
                    return true;
                }
                entry += direction;
            }
            leaf = at;
            return false;
        }
    }

    public Cursor cursor() {
        return new Cursor(false);
    }

    /** A cursor that does not pass over counts below 0. */
    public Cursor all() {
        return new Cursor(true);
    }

    /** Adds to the count of the value that key {@code i} of some is; returns by how many the group's entries are now more. */
    public int add(long group, KeyWords values, int i, long weight) {
        for (int word = 0; word < layout.width(); word++) {
            probe[word + 1] = values.words(word)[i];
        }
        return addProbe(group, weight);
    }

    /** The same for a value whose words lie in a page. */
    public int add(long group, long[] page, int at, long weight) {
        System.arraycopy(page, at, probe, 1, layout.width());
        return addProbe(group, weight);
    }

    /** Removes all values of a group. */
    public void remove(long group) {
        Cursor cursor = cursor();
        for (cursor.seek(group); ; cursor.seek(group)) {
            Node leaf = java.util.Objects.requireNonNull(cursor.leaf);
            int entry = cursor.entry;
            while (entry == leaf.size && leaf.next != null) { // some may be empty
                leaf = leaf.next;
                entry = 0;
            }
            int at = entry * entryWords;
            if (entry == leaf.size || leaf.words[at] != group) {
                return;
            }
            add(group, leaf.words, at + 1, -leaf.words[at + entryWords - 1]);
        }
    }

    /** Keeps the long strings among the values over the next sweep. */
    public void mark(StringInterner interner) {
        mark(root, interner);
    }

    /** What inner nodes tell their children by may have gone from the leaves, but is compared with. */
    private void mark(Node node, StringInterner interner) {
        for (int entry = node.children == null ? 0 : 1; entry < node.size; entry++) {
            layout.mark(node.words, entry * entryWords + 1, interner);
        }
        for (int child = 0; node.children != null && child < node.size; child++) {
            mark(node.children[child], interner);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    private int addProbe(long group, long weight) {
        probe[0] = group;
        probe[entryWords - 1] = weight;
        entriesAdded = 0;
        Node split = add(root);
        if (split != null) {
            Node grown = newNode(true, MOST_ENTRIES);
            insertChild(grown, 0, root);
            insertChild(grown, 1, split);
            root = grown;
        } else if (root.children != null && root.size == 1) {
            bytes -= root.bytes();
            root = root.children[0];
        }
        return entriesAdded;
    }

    /** Returns the right half of a node that had to be split; else null. */
    private @Nullable Node add(Node node) {
        if (node.children == null) {
            return addToLeaf(node);
        }
        int at = childOfProbe(node);
        Node split = add(node.children[at]);
        if (split != null) {
            insertChild(node, at + 1, split);
            return node.size == MOST_ENTRIES ? split(node) : null;
        }
        if (entriesAdded < 0) {
            shrink(node, at);
        }
        return null;
    }

    private @Nullable Node addToLeaf(Node leaf) {
        int low = 0;
        int high = leaf.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compareProbe(leaf, middle);
            if (order == 0) {
                addToEntry(leaf, middle);
                return null;
            }
            low = order > 0 ? middle + 1 : low;
            high = order > 0 ? high : middle;
        }
        open(leaf, low);
        System.arraycopy(probe, 0, leaf.words, low * entryWords, entryWords);
        entriesAdded = 1;
        return leaf.size == MOST_ENTRIES ? split(leaf) : null;
    }

    private void addToEntry(Node leaf, int entry) {
        int count = (entry + 1) * entryWords - 1;
        leaf.words[count] += probe[entryWords - 1];
        if (leaf.words[count] == 0) {
            close(leaf, entry);
            entriesAdded = -1;
        }
    }

    /** The last child whose least entry is not after the probe. */
    private int childOfProbe(Node node) {
        int low = 1;
        int high = node.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isAfter = compareProbe(node, middle) < 0;
            low = isAfter ? low : middle + 1;
            high = isAfter ? middle : high;
        }
        return low - 1;
    }

    /** Where the entries of a group begin, or would, from some entry of a node on; below {@code firstWord} they do not count. */
    private int entriesBefore(Node node, int from, long group, long firstWord) {
        int low = from;
        int high = node.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long other = node.words[middle * entryWords];
            boolean isBefore = other < group
                    || other == group && firstWord != Long.MIN_VALUE && node.words[middle * entryWords + 1] < firstWord;
            low = isBefore ? middle + 1 : low;
            high = isBefore ? high : middle;
        }
        return low;
    }

    private int compareProbe(Node node, int entry) {
        int at = entry * entryWords;
        return probe[0] != node.words[at]
                ? Long.compare(probe[0], node.words[at])
                : comparison.compare(probe, 1, node.words, at + 1);
    }

    private Node split(Node node) {
        Node right = newNode(node.children != null, MOST_ENTRIES);
        int kept = node.size / 2;
        right.size = node.size - kept;
        System.arraycopy(node.words, kept * entryWords, right.words, 0, right.size * entryWords);
        if (node.children != null && right.children != null) {
            System.arraycopy(node.children, kept, right.children, 0, right.size);
            Arrays.fill(node.children, kept, node.size, null);
        } else {
            right.next = node.next;
            right.previous = node;
            if (node.next != null) {
                node.next.previous = right;
            }
            node.next = right;
        }
        node.size = kept;
        return right;
    }

    /** Merges a child that has lost an entry with one beside it, if they are small, or it has lost all; the only child stays, be it empty. */
    private void shrink(Node node, int child) {
        Node[] children = java.util.Objects.requireNonNull(node.children);
        int most = children[child].size == 0 ? MOST_ENTRIES : MERGED_ENTRIES;
        if (child > 0 && children[child - 1].size + children[child].size <= most) {
            merge(node, child - 1);
        } else if (child + 1 < node.size && children[child].size + children[child + 1].size <= most) {
            merge(node, child);
        }
    }

    private void merge(Node node, int child) {
        Node[] children = java.util.Objects.requireNonNull(node.children);
        Node left = children[child];
        Node right = children[child + 1];
        reserve(left, left.size + right.size);
        System.arraycopy(right.words, 0, left.words, left.size * entryWords, right.size * entryWords);
        if (left.children != null && right.children != null) {
            System.arraycopy(right.children, 0, left.children, left.size, right.size);
            // the least entry of the right node's first child was not kept up in it, but in the parent
            System.arraycopy(node.words, (child + 1) * entryWords, left.words, left.size * entryWords, entryWords);
        } else {
            left.next = right.next;
            if (right.next != null) {
                right.next.previous = left;
            }
        }
        left.size += right.size;
        bytes -= right.bytes();
        close(node, child + 1);
    }

    private void insertChild(Node node, int at, Node child) {
        open(node, at);
        System.arraycopy(child.words, 0, node.words, at * entryWords, entryWords);
        java.util.Objects.requireNonNull(node.children)[at] = child;
    }

    /** Makes room for an entry. */
    private void open(Node node, int entry) {
        reserve(node, node.size + 1);
        int moved = node.size - entry;
        System.arraycopy(node.words, entry * entryWords, node.words, (entry + 1) * entryWords, moved * entryWords);
        if (node.children != null) {
            System.arraycopy(node.children, entry, node.children, entry + 1, moved);
        }
        node.size++;
    }

    private void close(Node node, int entry) {
        node.size--;
        int moved = node.size - entry;
        System.arraycopy(node.words, (entry + 1) * entryWords, node.words, entry * entryWords, moved * entryWords);
        if (node.children != null) {
            System.arraycopy(node.children, entry + 1, node.children, entry, moved);
            node.children[node.size] = null;
        }
    }

    private void reserve(Node node, int entries) {
        if (entries * entryWords > node.words.length) {
            bytes -= node.bytes();
            node.words =
                    Arrays.copyOf(node.words, Math.min(MOST_ENTRIES, Math.max(entries, node.size * 2)) * entryWords);
            bytes += node.bytes();
        }
    }

    private Node newNode(boolean isInner, int entries) {
        Node node = new Node(new long[entries * entryWords], isInner ? new Node[MOST_ENTRIES] : null);
        bytes += node.bytes();
        QueryScope.allocate(node.bytes());
        return node;
    }

    /** A node of the tree; a leaf has no children. */
    private static final class Node {
        private long[] words;
        private final Node @Nullable [] children;
        private int size;
        private @Nullable Node next;
        private @Nullable Node previous;

        Node(long[] words, Node @Nullable [] children) {
            this.words = words;
            this.children = children;
        }

        long bytes() {
            return NODE_BYTES + (long) words.length * Long.BYTES + (children == null ? 0 : children.length * 4L);
        }
    }
}
