package io.millrace.executor.state;

import io.millrace.executor.column.Int128;
import io.millrace.executor.state.KeyLayout.KeyColumn;
import io.millrace.plan.DataType;
import java.util.List;

/** Compares keys, column by column: numbers by value with NaN greatest, strings by their bytes. */
public final class KeyComparison {
    private final KeyLayout layout;
    private final StringInterner interner;
    private final boolean[] descending;
    private final boolean[] nullsFirst;

    /** Ascending, NULL last. */
    public KeyComparison(KeyLayout layout, StringInterner interner) {
        this(layout, List.of(), interner);
    }

    /** @param directions of the first columns; the others are ascending, NULL last */
    public KeyComparison(KeyLayout layout, List<Direction> directions, StringInterner interner) {
        this.layout = layout;
        this.interner = interner;
        int columns = layout.columns().size();
        descending = new boolean[columns];
        nullsFirst = new boolean[columns];
        for (int i = 0; i < directions.size(); i++) {
            descending[i] = directions.get(i).descending();
            nullsFirst[i] = directions.get(i).nullsFirst();
        }
    }

    /** How a column is ordered. */
    public record Direction(boolean descending, boolean nullsFirst) {}

    /** The order of two keys whose words lie in pages. */
    public int compare(long[] leftPage, int leftAt, long[] rightPage, int rightAt) {
        List<KeyColumn> columns = layout.columns();
        for (int i = 0; i < columns.size(); i++) {
            KeyColumn column = columns.get(i);
            boolean isLeftNull = layout.isNull(column, leftPage, leftAt);
            boolean isRightNull = layout.isNull(column, rightPage, rightAt);
            if (isLeftNull || isRightNull) {
                if (isLeftNull != isRightNull) {
                    return isLeftNull == nullsFirst[i] ? -1 : 1;
                }
                continue;
            }
            int order = compare(column.type(), leftPage, leftAt + column.word(), rightPage, rightAt + column.word());
            if (order != 0) {
                return descending[i] ? -order : order;
            }
        }
        return 0;
    }

    private int compare(DataType type, long[] leftPage, int left, long[] rightPage, int right) {
        return switch (type.storage()) {
            case LONG -> Long.compare(leftPage[left], rightPage[right]);
            case DOUBLE -> Long.compare(IndexSorter.sortable(leftPage[left]), IndexSorter.sortable(rightPage[right]));
            case DECIMAL128 ->
                Int128.compare(leftPage[left], leftPage[left + 1], rightPage[right], rightPage[right + 1]);
            case BYTES ->
                StringWords.compare(
                        leftPage[left], leftPage[left + 1], rightPage[right], rightPage[right + 1], interner);
        };
    }
}
