package io.millrace.executor;

import java.nio.file.Path;

/**
 * How the engine runs.
 *
 * @param dataDirectory holds one directory per log
 * @param syncAppends false acknowledges appends before they are on disk: faster, and lost with the machine
 * @param queryThreads for bounded queries
 * @param resultBufferRows a query stops reading while more rows than this wait to be fetched
 */
public record EngineSettings(Path dataDirectory, boolean syncAppends, int queryThreads, int resultBufferRows) {
    public static EngineSettings defaults(Path dataDirectory) {
        return new EngineSettings(
                dataDirectory, true, Math.max(2, Runtime.getRuntime().availableProcessors()), 65_536);
    }
}
