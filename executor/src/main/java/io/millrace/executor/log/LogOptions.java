package io.millrace.executor.log;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.PlatformThreads;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a log holds and how it is written.
 *
 * @param name of the stream, for messages
 * @param columnTypes of the declared columns
 * @param timeColumn whose lowest and highest value each block remembers; -1: the append time
 * @param watermark null: the append time is the watermark
 * @param sync false acknowledges appends before they are on disk: faster, and lost with the machine
 * @param minimumFreeBytes appends are refused while the disk has less than this
 * @param producers who the named producers are, of this log and others
 * @param threads makes the thread that writes
 * @param onFailure is told when the log could not be written or synced, and refuses appends for good
 * @param generations when the next one begins; {@link GenerationLimits#NONE}: the log is never trimmed
 */
public record LogOptions(
        String name,
        List<DataType> columnTypes,
        int timeColumn,
        @Nullable BlockWatermark watermark,
        boolean sync,
        EngineClock clock,
        long minimumFreeBytes,
        ProducerEpochs producers,
        ThreadFactory threads,
        Consumer<Throwable> onFailure,
        GenerationLimits generations) {
    /** Kept free for manifests, the catalog and whoever has to clean up. */
    public static final long DEFAULT_MINIMUM_FREE_BYTES = 256L << 20;

    public LogOptions {
        columnTypes = List.copyOf(columnTypes);
        if (timeColumn >= columnTypes.size()
                || (timeColumn >= 0 && columnTypes.get(timeColumn).storage() != DataType.Storage.LONG)) {
            throw new IllegalArgumentException("time column " + timeColumn + " of " + columnTypes);
        }
    }

    /** With the default reserve and a daemon thread. */
    public LogOptions(
            String name,
            List<DataType> columnTypes,
            int timeColumn,
            @Nullable BlockWatermark watermark,
            boolean sync,
            EngineClock clock) {
        this(
                name,
                columnTypes,
                timeColumn,
                watermark,
                sync,
                clock,
                DEFAULT_MINIMUM_FREE_BYTES,
                ownProducers(),
                failure -> {});
    }

    /** With a daemon thread. */
    public LogOptions(
            String name,
            List<DataType> columnTypes,
            int timeColumn,
            @Nullable BlockWatermark watermark,
            boolean sync,
            EngineClock clock,
            long minimumFreeBytes,
            ProducerEpochs producers,
            Consumer<Throwable> onFailure) {
        this(
                name,
                columnTypes,
                timeColumn,
                watermark,
                sync,
                clock,
                minimumFreeBytes,
                producers,
                LogOptions::daemon,
                onFailure,
                GenerationLimits.NONE);
    }

    /** Of a log that can be trimmed. */
    public LogOptions inGenerations(GenerationLimits limits) {
        return new LogOptions(
                name,
                columnTypes,
                timeColumn,
                watermark,
                sync,
                clock,
                minimumFreeBytes,
                producers,
                threads,
                onFailure,
                limits);
    }

    private static ProducerEpochs ownProducers() {
        return new ProducerEpochs(ProducerEpochs.DEFAULT_PRODUCERS);
    }

    private static Thread daemon(Runnable work) {
        return new PlatformThreads().thread("log", work);
    }
}
