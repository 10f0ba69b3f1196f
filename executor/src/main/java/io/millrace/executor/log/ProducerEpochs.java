package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is a named producer now: of those that come under one name, the latest, which has the highest epoch. An epoch is on
 * disk with the first append of it, in the log that it goes to; until then it is known here only. Thread-safe.
 */
public final class ProducerEpochs {
    /** The most named producers that a log can be told to remember. */
    public static final int MAX_PRODUCERS = 100_000;

    public static final int DEFAULT_PRODUCERS = 10_000;

    private static final int MAX_EPOCH = 1 << 30;

    private final int limit;
    private final Set<LogIndex> logs = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Current> current = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Current> eldest) {
            return size() > Math.max(limit, DEFAULT_PRODUCERS);
        }
    };

    private record Current(int epoch, @Nullable String name) {}

    /** @param limit how many named producers each log remembers */
    public ProducerEpochs(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    void opened(LogIndex log) {
        logs.add(log);
    }

    void closed(LogIndex log) {
        logs.remove(log);
    }

    /** Takes over as a producer from whoever has been it; returns the epoch, and earlier ones are refused from now on. */
    public synchronized int begin(ProducerName producer) {
        return next(producer, find(producer.id()).epoch());
    }

    /**
     * Takes over from oneself.
     *
     * @throws MillraceException of code FENCED when another has taken over since {@code epoch} was given out
     */
    public synchronized int begin(ProducerName producer, int epoch) {
        checkRange(epoch);
        check(producer.id(), epoch);
        return next(producer, Math.max(epoch, find(producer.id()).epoch()));
    }

    /** Goes on in an epoch that was given out before, perhaps by a server that has ended since. */
    public synchronized void resume(ProducerName producer, int epoch) {
        checkRange(epoch);
        check(producer.id(), epoch);
        put(producer, epoch);
    }

    private static void checkRange(int epoch) {
        if (epoch < 1 || epoch > MAX_EPOCH) {
            throw new MillraceException(ErrorCode.INVALID_PARAMETER, "epoch " + epoch + " was never given out");
        }
    }

    private int next(ProducerName producer, int epoch) {
        if (epoch >= MAX_EPOCH) {
            throw new MillraceException(
                            ErrorCode.LIMIT_EXCEEDED, "producer \"" + producer.text() + "\" has no more epochs")
                    .withHint("Go on under another name.");
        }
        put(producer, epoch + 1);
        return epoch + 1;
    }

    private void put(ProducerName producer, int epoch) {
        current.put(producer.id(), new Current(epoch, producer.text()));
    }

    /** @throws MillraceException of code FENCED when a later epoch has begun */
    public synchronized void check(UUID producer, int epoch) {
        Current latest = find(producer);
        if (epoch < latest.epoch()) {
            throw fenced(latest.name() == null ? producer.toString() : latest.name(), epoch, latest.epoch());
        }
        if (epoch > latest.epoch()) {
            current.put(producer, new Current(epoch, latest.name()));
        }
    }

    /** Says that a producer has been replaced. */
    public static MillraceException fenced(String producer, int epoch, int latest) {
        return new MillraceException(
                        ErrorCode.FENCED,
                        "producer \"" + producer + "\" of epoch " + epoch + " was replaced by one of epoch " + latest)
                .withHint("Another client has come under this name since; this one must end.");
    }

    /** The name under which a producer has come since the server started; null when it has not. */
    public synchronized @Nullable String name(UUID producer) {
        Current known = current.get(producer);
        return known == null ? null : known.name();
    }

    private Current find(UUID producer) {
        Current known = current.get(producer);
        if (known != null) {
            return known;
        }
        int epoch = 0;
        for (LogIndex log : logs) {
            ProducerEntry last = log.lastOf(producer);
            epoch = last == null ? epoch : Math.max(epoch, last.epoch());
        }
        Current found = new Current(epoch, null);
        current.put(producer, found);
        return found;
    }
}
