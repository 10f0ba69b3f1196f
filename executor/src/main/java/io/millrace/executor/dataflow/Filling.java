package io.millrace.executor.dataflow;

import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.column.Batch;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogEnd;
import io.millrace.executor.log.LogReader;
import io.millrace.executor.table.PinnedTable;
import io.millrace.executor.table.TableRows;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.view.Delta;
import io.millrace.executor.view.Deltas;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a new view what is there already, while the dataflow goes on: first all up to the step that it began at, then, as
 * often as needed, what has come meanwhile. For one thread at a time.
 */
final class Filling {
    private final StandingView view;
    private final Map<Long, LogTap> taps = new HashMap<>();

    /** All rows so far, of a query whose rows are not kept: the changes of one step, or several. */
    private final List<Delta> given = new ArrayList<>();

    private Cut reached = Cut.NOTHING;
    private boolean hasBegun;
    /** Of these, those that were there when it began. */
    private int givenAtFirst;

    Filling(StandingView view) {
        this.view = view;
    }

    StandingView view() {
        return view;
    }

    /** How many blocks lie between what the view has and a cut. */
    long lag(Cut to) {
        long blocks = 0;
        for (Feed feed : view.feeds()) {
            blocks += feed.hasLog() ? to.endLsn(feed.id()) - reached.endLsn(feed.id()) : 0;
        }
        return blocks;
    }

    /**
     * Brings the view to a step.
     *
     * @param published the step, with the rows of the views that this one reads
     */
    void advance(Published published) {
        boolean isFirst = !hasBegun;
        hasBegun = true;
        Cut to = published.cut();
        if (isFirst && view.plan().fromNow()) {
            reached = to;
            view.feeds().stream().filter(Feed::hasLog).forEach(feed -> tapAt(feed, to));
            return;
        }
        for (Feed feed : view.feeds()) {
            switch (feed.kind()) {
                case VALUES -> {
                    if (isFirst) {
                        view.feed(() -> view.feedValues(feed.pipeline()));
                    }
                }
                case VIEW -> {
                    if (isFirst) {
                        scan(feed, published.views().get(feed.id()));
                    }
                }
                case STREAM -> stream(feed, to.streams().get(feed.id()));
                case TABLE -> table(feed, to.tables().get(feed.id()), isFirst);
            }
        }
        readOn(published);
        takePending(published.position());
        reached = to;
        endStep(published.position());
        givenAtFirst = isFirst ? given.size() : givenAtFirst;
    }

    /** What has been read so far fills the memory: the rest comes in a further step, of which nobody sees the first. */
    private void endPart(long position) {
        if (view.hasLargeStep()) {
            endStep(position);
        }
    }

    private void endStep(long position) {
        Delta delta = view.endStep(position);
        if (!view.plan().keepsRows() && !delta.isEmpty()) {
            given.add(delta);
        }
    }

    /** Of a query that takes only what comes from now on. */
    private void tapAt(Feed feed, Cut at) {
        PinnedStream stream = at.streams().get(feed.id());
        PinnedTable table = at.tables().get(feed.id());
        if (stream != null) {
            taps.computeIfAbsent(feed.id(), id -> LogTap.of(stream.stream(), stream.endLsn()));
            feed.pipeline().start(stream.stream().definition().watermark() != null, watermarkAt(stream));
        } else if (table != null) {
            taps.computeIfAbsent(feed.id(), id -> LogTap.of(table.table(), table.endLsn()));
        } else {
            throw gone(feed);
        }
    }

    /** Of the rows before the place up to which a stream is read. */
    private static long watermarkAt(PinnedStream stream) {
        Log log = stream.stream().log();
        LogEnd end = log.end();
        if (stream.endLsn() < end.nextLsn()) {
            try (LogReader reader = log.reader(stream.endLsn())) {
                if (reader.next(end.nextLsn())) {
                    return reader.watermarkBefore();
                }
            }
        }
        return end.watermark();
    }

    private void scan(Feed feed, @Nullable TableVersion version) {
        if (version == null) {
            throw gone(feed);
        }
        TableRows rows = version.scan(((TableScan) feed.pipeline().source()).columns());
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            Batch next = batch;
            view.feed(() -> feed.pipeline().push(next));
        }
    }

    private void stream(Feed feed, @Nullable PinnedStream stream) {
        if (stream == null) {
            throw gone(feed);
        }
        taps.computeIfAbsent(
                feed.id(),
                id -> LogTap.of(stream.stream(), stream.stream().log().start().lsn()));
    }

    /** A table is read from memory first, and from its log later; from the log alone when its rows are not kept. */
    private void table(Feed feed, @Nullable PinnedTable table, boolean isFirst) {
        if (table == null) {
            throw gone(feed);
        }
        if (isFirst && table.rows() == null) {
            taps.computeIfAbsent(feed.id(), id -> LogTap.of(table.table(), 0));
        } else if (isFirst) {
            scan(feed, table.version());
            taps.computeIfAbsent(feed.id(), id -> LogTap.of(table.table(), table.endLsn()));
        }
    }

    private void readOn(Published published) {
        taps.forEach((id, tap) -> {
            while (tap.next(published.cut().endLsn(id))) {
                for (Feed feed : view.feeds()) {
                    if (feed.hasLog() && feed.id() == id) {
                        view.feed(() -> tap.feed(feed.pipeline()));
                        endPart(published.position());
                    }
                }
            }
        });
    }

    private void takePending(long position) {
        for (StandingView.ViewChange next = view.pending().peek();
                next != null && next.change().position() <= position;
                next = view.pending().peek()) {
            StandingView.ViewChange change = next;
            view.pending().remove();
            for (Feed feed : view.feeds()) {
                if (feed.kind() == Feed.Kind.VIEW && feed.id() == change.viewId()) {
                    change.change()
                            .delta()
                            .batches()
                            .forEach(batch -> view.feed(() -> feed.pipeline().pushScan(batch)));
                }
            }
        }
    }

    /** Those who have been waiting for the view follow it from now on. */
    void beginSubscriptions(Published published, long now) {
        if (view.plan().keepsRows()) {
            view.subscriptions().startHistory(published.position());
            view.subscriptions().begin(view, published, now);
            return;
        }
        for (Subscription subscription : view.subscriptions().all()) {
            List<Delta> begun =
                    subscription.spec().givesWhatIsThere() ? given : given.subList(givenAtFirst, given.size());
            subscription.beginWith(Deltas.sum(view.plan().query(), begun), published.position(), now);
        }
    }

    /** Hands over what reads the log of a stream or table, from where the view is on; null when there is none. */
    @Nullable
    LogTap take(long id) {
        return taps.remove(id);
    }

    void close() {
        taps.values().forEach(LogTap::close);
        taps.clear();
    }

    private static io.millrace.error.MillraceException gone(Feed feed) {
        return new io.millrace.error.MillraceException(
                io.millrace.error.ErrorCode.UNDEFINED_OBJECT,
                "what the view reads, number " + feed.id() + ", is not there");
    }
}
