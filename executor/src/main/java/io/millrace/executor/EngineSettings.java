package io.millrace.executor;

import io.millrace.executor.log.LogOptions;
import java.nio.file.Path;

/**
 * How the engine runs.
 *
 * @param dataDirectory holds one directory per log
 * @param syncAppends false acknowledges appends before they are on disk: faster, and lost with the machine
 * @param queryThreads for bounded queries
 * @param resultBufferRows a query stops reading while more rows than this wait to be fetched
 * @param minimumFreeBytes appends are refused while the disk has less space than this
 * @param queryMemoryBytes a query that needs more ends with 53200
 * @param tableMemoryBytes all tables together; a statement that needs more fails with 53200
 */
public record EngineSettings(
        Path dataDirectory,
        boolean syncAppends,
        int queryThreads,
        int resultBufferRows,
        long minimumFreeBytes,
        long queryMemoryBytes,
        long tableMemoryBytes) {
    public static EngineSettings defaults(Path dataDirectory) {
        return new EngineSettings(
                dataDirectory,
                true,
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                16_384,
                LogOptions.DEFAULT_MINIMUM_FREE_BYTES,
                Runtime.getRuntime().maxMemory() / 4,
                Runtime.getRuntime().maxMemory() / 4);
    }

    /** What all queries together may need: the rest of the heap is for appends, connections and batches under way. */
    long allQueriesMemoryBytes() {
        return Math.max(queryMemoryBytes, Runtime.getRuntime().maxMemory() / 2);
    }
}
