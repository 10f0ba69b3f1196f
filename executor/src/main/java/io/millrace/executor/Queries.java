package io.millrace.executor;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.circuit.BoundedQuery;
import io.millrace.executor.circuit.CircuitBuilder;
import io.millrace.executor.circuit.ContinuousQuery;
import io.millrace.executor.circuit.ContinuousStart;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.Query;
import io.millrace.executor.circuit.QueryDescription;
import io.millrace.executor.circuit.QuerySurroundings;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.circuit.ResumeToken;
import io.millrace.executor.circuit.StepLoop;
import io.millrace.executor.dataflow.Dataflow;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StartPosition;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SubscriptionSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes queries of plans: those that run once, that follow a stream, and that are given changes. Thread-safe. */
final class Queries {
    private final QuerySurroundings surroundings;
    private final EngineClock clock;
    private final Map<Long, OpenStream> streams;
    private final StepLoop loop;
    private final Dataflow views;
    private final ReadPositions positions;
    private final Executor threads;
    private final long bufferRows;

    /** @param bufferRows changes that may wait for who follows them */
    Queries(
            QuerySurroundings surroundings,
            Map<Long, OpenStream> streams,
            StepLoop loop,
            Dataflow views,
            ReadPositions positions,
            Executor threads,
            long bufferRows) {
        this.surroundings = surroundings;
        this.clock = surroundings.clock();
        this.streams = streams;
        this.loop = loop;
        this.views = views;
        this.positions = positions;
        this.threads = threads;
        this.bufferRows = bufferRows;
    }

    /** @param on what runs the query, if it is bounded */
    Query query(
            PlanNode root,
            List<OutputColumn> output,
            boolean continuous,
            StartPosition start,
            QueryOptions options,
            Executor on) {
        long now = clock.epochMicros();
        Map<Long, OpenStream> read = new LinkedHashMap<>();
        collectStreams(root, read);
        if (continuous) {
            OpenStream stream = read.values().iterator().next();
            ResumePoint resume = resume(ResumeToken.Kind.R, options, root);
            QueryDescription description = description(read.keySet(), options, resume, now);
            ContinuousStart from = resume == null ? start(start, root, stream, now) : start(resume, stream);
            CircuitBuilder builder = new CircuitBuilder(root, from, now, clock::nanoTime);
            return new ContinuousQuery(description, output, surroundings, builder, stream, from, loop);
        }
        QueryDescription description = description(read.keySet(), options, null, now);
        CircuitBuilder builder = new CircuitBuilder(root, null, now, clock::nanoTime);
        CompletableFuture<ReadPosition> position =
                options.position() == null ? positions.of(root) : CompletableFuture.completedFuture(options.position());
        boolean isAtOnce = position.isDone() && SmallQueries.isSmall(root);
        Executor runs = on == threads && isAtOnce ? new FirstHere(on) : on;
        return new BoundedQuery(description, output, surroundings, builder, position, runs);
    }

    private ContinuousStart start(StartPosition position, PlanNode root, OpenStream stream, long now) {
        return switch (position.kind()) {
            case NOW -> ContinuousStart.now(root, stream, now);
            case BEGINNING -> ContinuousStart.beginning(stream);
            case TIMESTAMP -> ContinuousStart.since(position.value(), root, stream, now);
            case AFTER_POSITION -> {
                StepRecord step = views.step(position.value());
                yield ContinuousStart.at(views.startAfter(step, stream), step.time(), root, stream, now);
            }
        };
    }

    private static ContinuousStart start(ResumePoint resume, OpenStream stream) {
        ContinuousStart start = resume.token().startOfRows();
        if (start.lsn() > stream.log().end().nextLsn()) {
            throw new MillraceException(
                            ErrorCode.INVALID_PARAMETER,
                            "the result cannot go on: stream \""
                                    + stream.definition().name() + "\" has fewer rows than when it began")
                    .withHint(ResumeToken.RUN_AGAIN);
        }
        return start;
    }

    /**
     * A query that is given changes.
     *
     * @param viewId of the materialized view that it follows; -1 when it is something else
     */
    Query subscription(
            StandingQuery standing,
            List<OutputColumn> output,
            SubscriptionSpec spec,
            long viewId,
            QueryOptions options) {
        PlanNode root = standing.root();
        long now = clock.epochMicros();
        Map<Long, OpenStream> read = new LinkedHashMap<>();
        collectStreams(root, read);
        ResumePoint resume = resume(ResumeToken.Kind.S, options, root);
        QueryDescription description = description(read.keySet(), options, resume, now);
        if (viewId >= 0) {
            return views.subscribe(description, output, surroundings, standing, spec, viewId, bufferRows, threads);
        }
        boolean isNow = spec.start() == SubscriptionSpec.Start.NOW && !spec.snapshot() && read.size() == 1;
        ContinuousStart begun = isNow && resume == null
                ? ContinuousStart.ofWindows(root, read.values().iterator().next(), now)
                : null;
        ContinuousStart start = resume == null ? begun : resume.token().start();
        return views.subscribe(description, output, surroundings, standing, spec, start, bufferRows, threads);
    }

    /** Where a query goes on; null: it begins. */
    private @Nullable ResumePoint resume(ResumeToken.Kind kind, QueryOptions options, PlanNode root) {
        ResumePoint resume = options.resume();
        return resume == null ? null : resume.checked(kind, surroundings.origin(), root);
    }

    private QueryDescription description(
            Set<Long> streamsRead, QueryOptions options, @Nullable ResumePoint resume, long now) {
        return new QueryDescription(
                surroundings.registry().nextId(),
                streamsRead,
                options.sql(),
                options.client(),
                now,
                resume == null ? options.maxRows() : resume.rest(options.maxRows()),
                options.timeoutNanos(),
                clock.nanoTime() + options.timeoutNanos(),
                resume);
    }

    private void collectStreams(PlanNode node, Map<Long, OpenStream> read) {
        if (node instanceof StreamScan scan) {
            OpenStream stream = streams.get(scan.streamId());
            if (stream == null) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_OBJECT, "stream \"" + scan.streamName() + "\" does not exist");
            }
            read.put(scan.streamId(), stream);
        }
        node.inputs().forEach(input -> collectStreams(input, read));
    }
}
