package io.millrace.executor.checkpoint;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.log.ChronicleLog;
import io.millrace.executor.log.LogOptions;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.log.SalvagedBlocks;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Begins a log of steps anew: without the steps of the old one, and behind the last of their positions. */
public final class StepRepair {
    /** Steps that no whole block tells of may have had positions, too. */
    private static final long MARGIN = 1_000_000;

    private long position;
    private long time = Long.MIN_VALUE;
    private long catalog;

    private StepRepair() {}

    /**
     * @param old the damaged log
     * @param directory of the new one
     * @param ends of the logs of streams and tables
     */
    public static void beginAnew(Path old, Path directory, EngineClock clock, Map<Long, Long> ends) throws IOException {
        StepRepair repair = new StepRepair();
        SalvagedBlocks.read(old, StepLog.DEFINITION.columnTypes(), repair::take);
        LogOptions options = new LogOptions(
                StepLog.DEFINITION.name(),
                StepLog.DEFINITION.columnTypes(),
                StepLog.TIME_COLUMN,
                null,
                true,
                clock,
                0,
                new ProducerEpochs(0),
                failure -> {});
        try (StepLog log = new StepLog(ChronicleLog.open(directory, options))) {
            long last = repair.position + MARGIN;
            Waits.join(log.append(
                    new StepRecord(last, Math.max(repair.time, clock.epochMicros()), repair.catalog, ends, List.of())));
        }
    }

    private void take(Batch block) {
        for (int row = 0; row < block.rowCount(); row++) {
            position = Math.max(position, value(block, 0, row));
            long kind = value(block, 1, row);
            if (kind == StepLog.STEP || kind == StepLog.STEP_WITH_ALL_ENDS) {
                catalog = Math.max(catalog, value(block, 2, row));
                time = Math.max(time, value(block, 3, row));
            }
        }
    }

    private static long value(Batch block, int column, int row) {
        return ((LongColumn) block.column(column)).get(row);
    }
}
