package io.millrace.executor;

import io.millrace.catalog.Retention;
import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.dataflow.Dataflow;
import io.millrace.executor.dataflow.HistoryNeed;
import io.millrace.executor.log.Log;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import io.millrace.settings.ByteSize;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes, from time to time, what retention does not keep of the streams and nobody needs. On a thread of its own. */
final class LogTrimmer implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(LogTrimmer.class);
    /** The wall clock may be set. */
    private static final long LONGEST_SLEEP_NANOS = 500_000_000;

    private final EngineClock clock;
    private final Supplier<Collection<OpenStream>> streams;
    private final Dataflow views;
    private final long intervalMicros;
    private final long stepsMicros;
    private final Thread thread;

    private volatile Supplier<@Nullable List<HistoryNeed>> needs = () -> null;
    private volatile Map<Long, String> heldBack = Map.of();
    /** The streams of which it has been told, once. */
    private final Set<Long> told = new HashSet<>();

    private volatile boolean isClosed;

    LogTrimmer(
            EngineClock clock,
            Supplier<Collection<OpenStream>> streams,
            Dataflow views,
            EngineSettings settings,
            ThreadFactory threads) {
        this.clock = clock;
        this.streams = streams;
        this.views = views;
        intervalMicros = micros(settings.retentionInterval());
        stepsMicros = micros(settings.subscriptionRetention());
        thread = threads.newThread(this::run);
    }

    private static long micros(Duration duration) {
        return duration.toMillis() * 1_000;
    }

    void start() {
        thread.start();
    }

    /** @param supplier gives what others need; null while that is not known, and then nothing is deleted */
    void needs(Supplier<@Nullable List<HistoryNeed>> supplier) {
        needs = supplier;
    }

    /** Time has been moved. */
    void signal() {
        Waits.unpark(thread);
    }

    /** Why a stream keeps more than it has to; null when it does not. */
    @Nullable
    String heldBack(long streamId) {
        return heldBack.get(streamId);
    }

    private void run() {
        long due = clock.epochMicros() + intervalMicros;
        while (!isClosed) {
            long now = clock.epochMicros();
            due = Math.min(due, now + intervalMicros); // the clock may have been set back
            if (now >= due) {
                turn(now);
                due = now + intervalMicros;
            }
            if (!isClosed) {
                long nanos = Math.min(LONGEST_SLEEP_NANOS, (due - clock.epochMicros()) * 1_000);
                Waits.parkNanos(this, Math.max(1, nanos));
            }
        }
    }

    private void turn(long now) {
        try {
            trim(now);
        } catch (RuntimeException | Error cause) { // the next turn tries again
            if (!isClosed) {
                LOGGER.warn("logs are not trimmed", cause);
            }
        }
    }

    private void trim(long now) {
        List<HistoryNeed> known = needs.get();
        if (known == null) {
            return;
        }
        Map<OpenStream, Long> wanted = new HashMap<>();
        for (OpenStream stream : streams.get()) {
            Retention retention = stream.definition().retention();
            if (!retention.isForever() && stream.log().failure() == null) {
                wanted.put(stream, firstKept(stream.log(), retention, now));
            }
        }
        Map<Long, String> held = views.release(wanted, known, now - stepsMicros);
        tell(wanted.keySet(), held);
        wanted.keySet().forEach(this::delete);
    }

    private static long firstKept(Log log, Retention retention, long now) {
        Duration time = retention.time();
        ByteSize size = retention.size();
        long byTime = time == null ? 0 : log.firstBlockSince(now - micros(time), true);
        return Math.max(byTime, size == null ? 0 : log.firstBlockWithin(size.bytes()));
    }

    private void tell(Collection<OpenStream> all, Map<Long, String> held) {
        heldBack = Map.copyOf(held);
        for (OpenStream stream : all) {
            String reason = held.get(stream.definition().id());
            if (reason != null && told.add(stream.definition().id())) {
                LOGGER.warn(
                        "stream \"{}\" keeps more than its retention: {}",
                        stream.definition().name(),
                        reason);
            }
        }
    }

    private void delete(OpenStream stream) {
        try {
            Waits.join(stream.log().trim());
        } catch (CompletionException failure) {
            if (!isClosed && !(failure.getCause() instanceof MillraceException)) {
                LOGGER.warn(
                        "the log of stream \"{}\" is not trimmed",
                        stream.definition().name(),
                        failure);
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        Waits.unpark(thread);
        Waits.awaitEnd(thread);
    }
}
