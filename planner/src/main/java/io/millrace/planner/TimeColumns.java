package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.FilterProject;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAssign;
import org.jspecify.annotations.Nullable;

/** Finds where a column comes from, and which watermark goes with it. */
final class TimeColumns {
    private final CatalogSnapshot catalog;

    TimeColumns(CatalogSnapshot catalog) {
        this.catalog = catalog;
    }

    TimeAttribute attribute(PlanNode node, int column) {
        if (node instanceof StreamScan scan) {
            return attribute(scan, scan.columns().get(column));
        }
        if (node instanceof FilterProject project) {
            return project.projections().get(column) instanceof ColumnReference reference
                    ? attribute(project.input(), reference.index())
                    : TimeAttribute.NONE;
        }
        if (node instanceof WindowAssign assign) {
            return column < assign.input().rowType().size() ? attribute(assign.input(), column) : TimeAttribute.NONE;
        }
        if (node instanceof Limit limit) {
            return attribute(limit.input(), column);
        }
        if (node instanceof Sort sort && sort.offset() == 0 && sort.fetch() == Limit.ALL) {
            return attribute(sort.input(), column);
        }
        return TimeAttribute.NONE;
    }

    private TimeAttribute attribute(StreamScan scan, int column) {
        StreamDefinition stream = catalog.stream(scan.streamName());
        if (stream == null || scan.lateOnly()) { // all of them would be late again
            return TimeAttribute.NONE;
        }
        if (column == stream.rowtimeIndex()) {
            return TimeAttribute.ROW_TIME;
        }
        return stream.watermark() != null && stream.watermark().timeColumn() == column
                ? TimeAttribute.EVENT_TIME
                : TimeAttribute.NONE;
    }

    /** The column whose watermark closes the windows over a stream or a view; null when it has none. */
    static @Nullable String timeColumn(Relation relation) {
        if (relation instanceof ViewDefinition view) {
            return view.timeColumn() < 0 ? null : view.columnName(view.timeColumn());
        }
        return relation instanceof StreamDefinition stream ? ofStream(stream) : null;
    }

    private static String ofStream(StreamDefinition stream) {
        return stream.watermark() == null
                ? StreamDefinition.ROWTIME
                : stream.columnName(stream.watermark().timeColumn());
    }
}
