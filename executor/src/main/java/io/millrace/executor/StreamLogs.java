package io.millrace.executor;

import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.GenerationLimits;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.ProducerEpochs;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the logs of streams are. */
interface StreamLogs {
    /** Opens the log of a stream, creating it when there is none. */
    Log open(StreamDefinition definition, @Nullable BlockWatermark watermark);

    /** When the log of a stream begins its next generation. */
    GenerationLimits generations(StreamDefinition definition);

    /** Opens the log of the steps, creating it when there is none. */
    Log openSteps();

    /** Who the named producers are. */
    ProducerEpochs producers();

    /** What tells the directory that holds them from all others. */
    String identity();

    /** Where the states of views are saved; null: nowhere. */
    @Nullable
    CheckpointStore checkpoints();

    /** Deletes the log of a stream, which is closed; nothing where there is none. */
    void delete(long streamId);

    /** The streams that have a log; none of them is open. Finishes deletions that were cut short. */
    Set<Long> present();
}
