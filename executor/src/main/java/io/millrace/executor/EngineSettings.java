package io.millrace.executor;

import io.millrace.executor.circuit.QueryRegistry;
import io.millrace.executor.dataflow.Subscription;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.settings.ByteSize;
import io.millrace.settings.Setting;
import io.millrace.settings.SettingsSchema;
import java.nio.file.Path;
import java.time.Duration;

/** How the engine runs. */
public record EngineSettings(
        @Setting(
                key = "data.directory",
                value = "data",
                option = "--data",
                description = "where the logs are kept, one directory per stream")
        Path dataDirectory,

        @Setting(
                key = "data.sync",
                value = "true",
                option = "--sync",
                description = "acknowledge an INSERT only when it is on disk; false is faster and loses the"
                        + " last moments with the machine")
        boolean syncAppends,

        @Setting(
                key = "data.min-free",
                value = "256MiB",
                option = "--min-free",
                description = "appends are refused while the disk has less space than this")
        ByteSize minimumFree,

        @Setting(
                key = "data.min-free-percent",
                value = "10",
                min = 0,
                max = 99,
                description = "appends are refused, too, while less than this part of the disk is free, in percent")
        int minimumFreePercent,

        @Setting(
                key = "data.producers",
                value = "" + ProducerEpochs.DEFAULT_PRODUCERS,
                min = 1,
                max = ProducerEpochs.MAX_PRODUCERS,
                description =
                        "named producers whose last append each log remembers; beyond, those that have been silent for the"
                                + " longest are forgotten")
        int producers,

        @Setting(
                key = "query.threads",
                value = "0",
                max = 1_024,
                description =
                        "threads for bounded queries; 0 for four times as many as processors, at least 32: a long one must not"
                                + " keep the short ones waiting")
        int queryThreads,

        @Setting(
                key = "query.result-rows",
                value = "16384",
                min = 1,
                description = "a query stops reading while more rows than this wait to be fetched")
        int resultBufferRows,

        @Setting(
                key = "query.memory",
                value = "25%",
                min = 1,
                option = "--query-memory",
                description = "a query that needs more memory ends with 53200")
        ByteSize queryMemory,

        @Setting(
                key = "query.total-memory",
                value = "50%",
                min = 1,
                description = "what all queries together may need; the rest of the heap is for appends,"
                        + " connections and batches under way")
        ByteSize allQueriesMemory,

        @Setting(
                key = QueryRegistry.STEP_TIME,
                value = "10s",
                min = 1,
                description =
                        "that a continuous query or a materialized view may work without a pause: one that takes longer"
                                + " holds up the others, and ends with 53400")
        Duration stepTime,

        @Setting(
                key = "step.rows",
                value = "32768",
                min = 1,
                description =
                        "materialized views that are behind take no more rows in one step, and those that came together with"
                                + " the last of them; down to a thirty-second part of it when a step takes longer than about 8 ms")
        int stepRows,

        @Setting(
                key = "tables.memory",
                value = "25%",
                min = 1,
                option = "--table-memory",
                description = "what all tables together may hold; a statement that needs more fails with 53200")
        ByteSize tableMemory,

        @Setting(
                key = "view.memory",
                value = "60%",
                min = 1,
                description =
                        "a materialized view that needs more memory for its rows and its state is taken out of use,"
                                + " with 53200")
        ByteSize viewMemory,

        @Setting(
                key = "view.total-memory",
                value = "60%",
                min = 1,
                option = "--view-memory",
                description = "what all materialized views together may hold")
        ByteSize allViewsMemory,

        @Setting(
                key = "view.wait",
                value = "true",
                description =
                        "a query of a materialized view whose rows are still being computed waits for them; false: it"
                                + " fails at once, with 55000")
        boolean waitsForViews,

        @Setting(
                key = Subscription.BUFFER_ROWS,
                value = "100000",
                min = 1,
                description =
                        "changes that may wait for a subscriber who fetches slowly; beyond, those of rows with a key"
                                + " become their net changes, and a subscription to rows without one ends with 53400")
        int subscriptionBufferRows,

        @Setting(
                key = "checkpoint.interval",
                value = "10s",
                min = 1,
                description =
                        "between two checkpoints of the materialized views: what comes after the last one is computed again"
                                + " when the server starts")
        Duration checkpointInterval,

        @Setting(
                key = "checkpoint.input",
                value = "64MiB",
                min = 1,
                description =
                        "a checkpoint comes sooner, but not before a tenth of checkpoint.interval, when the views have taken so"
                                + " much of the logs since the last one")
        ByteSize checkpointInput,

        @Setting(
                key = "retention.interval",
                value = "10s",
                min = 1,
                description = "how often what retention does not keep is looked for and deleted")
        Duration retentionInterval,

        @Setting(
                key = "subscription.retention",
                value = "1h",
                min = 1,
                description =
                        "so long, at least, the steps of the materialized views are kept, after which a subscription can go"
                                + " on; those that recovery or a sink needs are kept in any case")
        Duration subscriptionRetention) {
    public EngineSettings {
        if (queryThreads == 0) {
            queryThreads = Math.max(32, 4 * Runtime.getRuntime().availableProcessors());
        }
        if (allQueriesMemory.bytes() < queryMemory.bytes()) {
            throw new IllegalArgumentException(
                    "query.total-memory (" + allQueriesMemory + ") is less than query.memory (" + queryMemory + ")");
        }
    }

    public static EngineSettings defaults(Path dataDirectory) {
        return new SettingsSchema(EngineSettings.class)
                .defaults()
                .with("data.directory", dataDirectory.toString(), "program")
                .area(EngineSettings.class);
    }
}
