package io.millrace.executor.function;

/** {@code low <= x <= high}, or its opposite: all comparisons of a LONG column with a constant. */
final class LongRange extends Condition {
    private final Operand operand;
    private final long low;
    private final long width;
    private final int flip;

    private LongRange(Operand operand, long low, long high, boolean negated) {
        super(operand);
        this.operand = operand;
        this.low = low;
        width = high - low + Long.MIN_VALUE;
        flip = negated ? 1 : 0;
    }

    static LongRange of(ComparisonOperator operator, Operand operand, long constant) {
        return switch (operator) {
            case EQUALS -> new LongRange(operand, constant, constant, false);
            case NOT_EQUALS -> new LongRange(operand, constant, constant, true);
            case LESS -> new LongRange(operand, constant, Long.MAX_VALUE, true);
            case LESS_OR_EQUAL -> new LongRange(operand, Long.MIN_VALUE, constant, false);
            case GREATER -> new LongRange(operand, Long.MIN_VALUE, constant, true);
            case GREATER_OR_EQUAL -> new LongRange(operand, constant, Long.MAX_VALUE, false);
        };
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        long[] values = operand.longs;
        int found = 0;
        for (int row = 0; row < rowCount; row++) {
            out[found] = row;
            found += (values[row] - low + Long.MIN_VALUE <= width ? 1 : 0) ^ flip;
        }
        return found;
    }

    @Override
    int selectFrom(int[] in, int count, int[] out) {
        long[] values = operand.longs;
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = in[i];
            out[found] = row;
            found += (values[row] - low + Long.MIN_VALUE <= width ? 1 : 0) ^ flip;
        }
        return found;
    }
}
