package io.millrace.executor.dataflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What reads the logs for all live views: each block is decoded once. For the thread of the dataflow. */
final class LogTaps implements AutoCloseable {
    private final Map<Long, Shared> taps = new HashMap<>();

    private long bytes;

    /** A log and those who want its blocks. */
    private record Shared(LogTap tap, List<Reader> readers) {}

    private record Reader(StandingView view, Feed feed) {}

    /** Gives the views all blocks up to the cut; one whose work fails is told to {@code failed}. */
    void read(Cut cut, FailureListener failed) {
        taps.forEach((id, shared) -> {
            long end = cut.endLsn(id);
            try {
                while (shared.tap.next(end)) {
                    bytes += shared.tap.bytes();
                    shared.readers.forEach(reader -> give(shared.tap, reader, failed));
                }
            } catch (RuntimeException | Error unreadable) { // ends the views that need the log
                shared.readers.forEach(reader -> failed.failed(reader.view, unreadable));
            }
        });
    }

    /** What has been read so far, in the logs' bytes. */
    long bytes() {
        return bytes;
    }

    private static void give(LogTap tap, Reader reader, FailureListener failed) {
        if (!reader.view.isLive()) {
            return;
        }
        try {
            reader.view.feed(() -> tap.feed(reader.feed.pipeline()));
        } catch (RuntimeException | Error cause) { // ends this view and no other
            failed.failed(reader.view, cause);
        }
    }

    /** Is told of views that cannot go on. */
    @FunctionalInterface
    interface FailureListener {
        void failed(StandingView view, Throwable cause);
    }

    /**
     * A view that has all up to where the taps are reads on with the others.
     *
     * @param owns gives what reads a log for this view, by the number of the log; null when it has been given
     */
    void join(StandingView view, LongFunction<@Nullable LogTap> owns) {
        for (Feed feed : view.feeds()) {
            if (feed.hasLog()) {
                LogTap own = owns.apply(feed.id());
                Shared shared = taps.get(feed.id());
                if (shared == null && own != null) {
                    shared = new Shared(own, new ArrayList<>());
                    taps.put(feed.id(), shared);
                } else if (own != null) {
                    own.close();
                }
                if (shared == null) {
                    throw new IllegalStateException("nothing reads log " + feed.id());
                }
                shared.readers.add(new Reader(view, feed));
            }
        }
    }

    /** Nothing is read any more for views that have ended. */
    void leave() {
        taps.values().removeIf(shared -> {
            shared.readers.removeIf(reader -> reader.view.isDropped());
            if (shared.readers.isEmpty()) {
                shared.tap.close();
                return true;
            }
            return false;
        });
    }

    @Override
    public void close() {
        taps.values().forEach(shared -> shared.tap.close());
        taps.clear();
    }
}
