package io.millrace.plan;

import java.util.List;

/**
 * Reads the blocks of a stream.
 *
 * @param streamId identifies the stream for ever; the name is for people
 * @param columns the stream's columns that are wanted, in the order of {@code rowType}; the index one past its
 *     declared columns means {@code rowtime}
 * @param lateOnly whether it gives the rows alone whose time was below the watermark before them
 */
public record StreamScan(long streamId, String streamName, List<Integer> columns, boolean lateOnly, RowType rowType)
        implements PlanNode {
    public StreamScan {
        columns = List.copyOf(columns);
    }

    /** All rows. */
    public StreamScan(long streamId, String streamName, List<Integer> columns, RowType rowType) {
        this(streamId, streamName, columns, false, rowType);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitStreamScan(this);
    }
}
