package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.UnionAll;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.BitSet;
import java.util.List;
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

    /** Whether a plan reads views, and no stream. */
    static boolean readsViewsOnly(PlanNode node) {
        return !readsStream(node) && readsView(node);
    }

    private static boolean readsView(PlanNode node) {
        return (node instanceof TableScan scan && scan.source() != TableScan.Source.TABLE)
                || node.inputs().stream().anyMatch(StreamAnalysis::readsView);
    }

    @Override
    public PlanNode visitWindowAggregate(WindowAggregate node) {
        TimeAttribute attribute = attribute(node.input(), node.timeColumn());
        return new WindowAggregate(
                rewrite(node.input()),
                node.window(),
                node.timeColumn(),
                attribute,
                node.keys(),
                node.aggregates(),
                node.rowType());
    }

    /** A session closes whatever is done with its rows; whether the other windows do, their grouping says. */
    @Override
    public PlanNode visitWindowAssign(WindowAssign node) {
        if (!node.window().isSession()) {
            return super.visitWindowAssign(node);
        }
        if (node.partition() == null) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "a grouping by SESSION that computes with the bounds of its windows is not supported",
                    "Group in a query in FROM, and compute with what it gives.",
                    shape.window(),
                    null);
        }
        return new WindowAssign(
                rewrite(node.input()),
                node.window(),
                node.timeColumn(),
                attribute(node.input(), node.timeColumn()),
                node.partition(),
                node.rowType());
    }

    private TimeAttribute attribute(PlanNode input, int timeColumn) {
        TimeAttribute attribute = times.attribute(input, timeColumn);
        if (continuous && attribute == TimeAttribute.NONE) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "no watermark tells when the windows over column \""
                            + input.rowType().name(timeColumn) + "\" close",
                    "Use the column of the stream's WATERMARK, or rowtime.",
                    shape.window(),
                    null);
        }
        return attribute;
    }

    @Override
    public PlanNode visitHashAggregate(HashAggregate node) {
        if (continuous) {
            throw revisable(node.aggregates().isEmpty() ? "DISTINCT" : "an aggregate", shape.aggregate());
        }
        return new HashAggregate(
                windowed(rewrite(node.input()), columns(node.keys())), node.keys(), node.aggregates(), node.rowType());
    }

    @Override
    public PlanNode visitGroupingSets(GroupingSetsAggregate node) {
        if (continuous) {
            throw revisable("an aggregate", shape.aggregate());
        }
        return new GroupingSetsAggregate(
                windowed(rewrite(node.input()), columns(node.keys())),
                node.keys(),
                node.sets(),
                node.aggregates(),
                node.rowType());
    }

    private static BitSet columns(List<Integer> keys) {
        BitSet columns = new BitSet();
        keys.forEach(columns::set);
        return columns;
    }

    /** The input of a grouping: if it is one by windows, those that have closed take no row any more. */
    private PlanNode windowed(PlanNode input, BitSet keys) {
        if (input instanceof FilterProject project) {
            BitSet read = new BitSet();
            keys.stream()
                    .forEach(key -> Expressions.collect(project.projections().get(key), read));
            return new FilterProject(
                    windowed(project.input(), read), project.condition(), project.projections(), project.rowType());
        }
        if (input instanceof WindowAssign assign
                && keys.length() > assign.input().rowType().size()) {
            return new WindowAssign(
                    assign.input(),
                    assign.window(),
                    assign.timeColumn(),
                    times.attribute(assign.input(), assign.timeColumn()),
                    assign.partition(),
                    assign.rowType());
        }
        return input;
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
