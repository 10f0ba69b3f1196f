package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.UnionAll;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import org.jspecify.annotations.Nullable;

/** Gives windows their time attribute, and refuses what a continuous query cannot be. */
final class StreamAnalysis extends PlanRewriter {
    private final TimeColumns times;
    private final boolean continuous;
    private final QueryShape shape;

    private StreamAnalysis(CatalogSnapshot catalog, boolean continuous, QueryShape shape) {
        times = new TimeColumns(catalog);
        this.continuous = continuous;
        this.shape = shape;
    }

    static PlanNode analyze(PlanNode root, CatalogSnapshot catalog, boolean continuous, QueryShape shape) {
        if (continuous && !readsStream(root)) {
            throw new MillraceException(
                            ErrorCode.INVALID_STATEMENT,
                            "a continuous query must read a stream",
                            null,
                            shape.select(),
                            null)
                    .withHint("Leave out STREAM or EMIT to run it once.");
        }
        return new StreamAnalysis(catalog, continuous, shape).rewrite(root);
    }

    private static boolean readsStream(PlanNode node) {
        return node instanceof StreamScan || node.inputs().stream().anyMatch(StreamAnalysis::readsStream);
    }

    @Override
    public PlanNode visitWindowAggregate(WindowAggregate node) {
        TimeAttribute attribute = times.attribute(node.input(), node.timeColumn());
        if (continuous && attribute == TimeAttribute.NONE) {
            String column = node.input().rowType().name(node.timeColumn());
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "no watermark tells when the windows over column \"" + column + "\" close",
                    "Use the column of the stream's WATERMARK, or rowtime.",
                    shape.window(),
                    null);
        }
        return new WindowAggregate(
                rewrite(node.input()),
                node.window(),
                node.timeColumn(),
                attribute,
                node.keys(),
                node.aggregates(),
                node.rowType());
    }

    /** Sessions without their rows gathered in groups of one session each. */
    @Override
    public PlanNode visitWindowAssign(WindowAssign node) {
        if (node.window().isSession()) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "SESSION without a grouping by its window and the columns of its PARTITION BY is not supported",
                    "Write SELECT … FROM TABLE(SESSION(TABLE t PARTITION BY k, …)) GROUP BY window_start, window_end, k; "
                            + "a condition on other columns belongs in a query in the place of TABLE t.",
                    shape.window(),
                    null);
        }
        return super.visitWindowAssign(node);
    }

    @Override
    public PlanNode visitHashAggregate(HashAggregate node) {
        if (continuous) {
            throw revisable(node.aggregates().isEmpty() ? "DISTINCT" : "an aggregate", shape.aggregate());
        }
        return super.visitHashAggregate(node);
    }

    @Override
    public PlanNode visitGroupingSets(GroupingSetsAggregate node) {
        if (continuous) {
            throw revisable("an aggregate", shape.aggregate());
        }
        return super.visitGroupingSets(node);
    }

    @Override
    public PlanNode visitSort(Sort node) {
        if (continuous) {
            throw revisable("ORDER BY", shape.orderBy());
        }
        return super.visitSort(node);
    }

    @Override
    public PlanNode visitJoin(Join node) {
        checkOneInput();
        return super.visitJoin(node);
    }

    @Override
    public PlanNode visitUnionAll(UnionAll node) {
        checkOneInput();
        return super.visitUnionAll(node);
    }

    @Override
    public PlanNode visitSetOperation(SetOperation node) {
        checkOneInput();
        return super.visitSetOperation(node);
    }

    private void checkOneInput() {
        if (continuous) {
            throw CombinedInputs.refused(shape.combined());
        }
    }

    private static MillraceException revisable(String what, @Nullable SourcePosition position) {
        return new MillraceException(
                ErrorCode.INVALID_STATEMENT,
                what + " over an endless stream: the result can be revised: add EMIT CHANGES",
                "Or aggregate over windows, for example FROM s WINDOW TUMBLE(10s); or run it once, without STREAM and EMIT.",
                position,
                null);
    }
}
