package io.millrace.server.system;

import io.millrace.catalog.SystemTable;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.RecoveryStatus;
import java.util.List;

/** {@code sys.recovery}: what the last start found, and what has been saved since. */
final class RecoveryRelation implements SystemRelation {
    private static final SystemTable DEFINITION = new SystemTable(
            "recovery",
            List.of(
                    SystemRelation.number("checkpoint"),
                    SystemRelation.number("views"),
                    SystemRelation.number("restored_views"),
                    SystemRelation.number("repeated_steps"),
                    SystemRelation.number("position"),
                    SystemRelation.number("millis"),
                    SystemRelation.number("last_checkpoint")));

    private final StreamEngine engine;

    RecoveryRelation(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public SystemTable definition() {
        return DEFINITION;
    }

    @Override
    public void read(SystemRows rows) {
        RecoveryStatus status = engine.views().recoveryStatus();
        long last = engine.views().lastCheckpoint();
        rows.add(
                status.checkpoint() < 0 ? null : status.checkpoint(),
                (long) status.views(),
                (long) status.restoredViews(),
                status.repeatedSteps(),
                status.position(),
                status.millis(),
                last < 0 ? null : last);
    }
}
