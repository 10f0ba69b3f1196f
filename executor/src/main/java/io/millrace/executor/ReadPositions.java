package io.millrace.executor;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.dataflow.Cut;
import io.millrace.executor.dataflow.Dataflow;
import io.millrace.executor.dataflow.Published;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.log.CommitOrder;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.work.Waits;
import io.millrace.plan.PlanCalls;
import io.millrace.plan.PlanNode;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TableScan;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Finds where queries read: all that was acknowledged before is seen. A query that reads views reads streams and tables too
 * as the views have taken them, so that all it reads is one prefix of what happened. Thread-safe.
 */
final class ReadPositions {
    private static final Set<ScalarFunction> POSITION = Set.of(ScalarFunction.READ_POSITION);

    private final Map<Long, OpenStream> streams;
    private final Tables tables;
    private final CommitOrder commits;
    private final Dataflow views;
    private final boolean waitsForViews;

    /** @param waitsForViews whether a query of a view that is still being filled waits, rather than fails */
    ReadPositions(
            Map<Long, OpenStream> streams, Tables tables, CommitOrder commits, Dataflow views, boolean waitsForViews) {
        this.streams = streams;
        this.tables = tables;
        this.commits = commits;
        this.views = views;
        this.waitsForViews = waitsForViews;
    }

    /** A cut through all streams and tables. */
    static Cut cut(Map<Long, OpenStream> streams, Tables tables, CommitOrder commits) {
        return commits.look(() -> {
            Map<Long, PinnedStream> ends = new HashMap<>();
            streams.forEach((id, stream) -> ends.put(id, stream.pinned()));
            return new Cut(commits.sequence(), ends, tables.pinned());
        });
    }

    /** A position for everything there is; waits until the views have taken what has been acknowledged. */
    ReadPosition all() {
        if (views.isEmpty()) {
            Cut cut = cut(streams, tables, commits);
            return new ReadPosition(views.published().position(), cut.streams(), versions(cut));
        }
        Published published = await(views.position(Set.of(), commits.sequence()));
        Map<Long, TableVersion> versions = versions(published.cut());
        versions.putAll(published.views());
        return new ReadPosition(published.position(), published.cut().streams(), versions);
    }

    private static Map<Long, TableVersion> versions(Cut cut) {
        Map<Long, TableVersion> versions = new HashMap<>();
        cut.tables().forEach((id, table) -> versions.put(id, table.version()));
        return versions;
    }

    /**
     * The cut through what a plan reads; complete already unless it reads views that have yet to take something, or asks for
     * the position, which is that of a step.
     */
    CompletableFuture<ReadPosition> of(PlanNode root) {
        Set<Long> read = new HashSet<>();
        collectViews(root, read);
        if (read.isEmpty() && !PlanCalls.contains(root, POSITION)) {
            return CompletableFuture.completedFuture(readsSeveral(root) ? commits.look(() -> look(root)) : look(root));
        }
        if (!waitsForViews) {
            refuseUnfilled(read);
        }
        return views.position(read, commits.sequence()).thenApply(published -> look(root, published));
    }

    /** The cut of the last step through what a plan reads; waits for its views. */
    ReadPosition ofStep(PlanNode root) {
        Set<Long> read = new HashSet<>();
        collectViews(root, read);
        return await(views.position(read, commits.sequence()).thenApply(published -> look(root, published)));
    }

    /** As {@link #of}, waiting. */
    ReadPosition await(PlanNode root) {
        return await(of(root));
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return Waits.join(future);
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause ? cause : failure;
        }
    }

    private void refuseUnfilled(Collection<Long> ids) {
        for (long id : ids) {
            ViewStatus status = views.status(id);
            if (status != null && !status.isReady() && status.failure() == null) {
                throw new MillraceException(
                                ErrorCode.NOT_READY,
                                "the rows of materialized view " + id + " are still being computed")
                        .withHint("Try again later, or let queries wait: views.wait = true.");
            }
        }
    }

    private static void collectViews(PlanNode node, Set<Long> into) {
        if (node instanceof TableScan scan && scan.source() != TableScan.Source.TABLE) {
            into.add(scan.tableId());
        }
        node.inputs().forEach(input -> collectViews(input, into));
    }

    private static boolean readsSeveral(PlanNode node) {
        return node.inputs().size() > 1 || node.inputs().stream().anyMatch(ReadPositions::readsSeveral);
    }

    private ReadPosition look(PlanNode root) {
        Map<Long, PinnedStream> ends = new HashMap<>();
        Map<Long, TableVersion> versions = new HashMap<>();
        look(root, null, ends, versions);
        return new ReadPosition(views.published().position(), ends, versions);
    }

    private ReadPosition look(PlanNode root, Published published) {
        Map<Long, PinnedStream> ends = new HashMap<>();
        Map<Long, TableVersion> versions = new HashMap<>();
        look(root, published, ends, versions);
        return new ReadPosition(published.position(), ends, versions);
    }

    private void look(
            PlanNode node,
            @Nullable Published published,
            Map<Long, PinnedStream> ends,
            Map<Long, TableVersion> versions) {
        if (node instanceof StreamScan scan) {
            PinnedStream stream = published == null
                    ? pinned(scan.streamId())
                    : published.cut().streams().get(scan.streamId());
            if (stream != null) {
                ends.put(scan.streamId(), stream);
            }
        } else if (node instanceof TableScan scan) {
            TableVersion version =
                    published == null ? tables.version(scan.tableId()) : version(published, scan.tableId());
            if (version != null) {
                versions.put(scan.tableId(), version);
            }
        }
        node.inputs().forEach(input -> look(input, published, ends, versions));
    }

    private @Nullable PinnedStream pinned(long streamId) {
        OpenStream stream = streams.get(streamId);
        return stream == null ? null : stream.pinned();
    }

    private static @Nullable TableVersion version(Published published, long id) {
        var table = published.cut().tables().get(id);
        return table == null ? published.views().get(id) : table.version();
    }
}
