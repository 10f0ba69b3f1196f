package io.millrace.server.statement;

import io.millrace.executor.StreamEngine;
import io.millrace.planner.StatementPlan;
import io.millrace.server.connector.Sinks;
import java.util.concurrent.TimeUnit;

/**
 * FLUSH: returns when every continuous query has taken in what was inserted before; with SINKS, when all sinks have written what
 * that gave.
 */
final class FlushHandler implements StatementHandler<StatementPlan.Flush> {
    private final StreamEngine engine;
    private final Sinks sinks;
    private final long timeoutMillis;

    /** @param timeoutMillis of statements that do not say */
    FlushHandler(StreamEngine engine, Sinks sinks, long timeoutMillis) {
        this.engine = engine;
        this.sinks = sinks;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Flush> request) {
        engine.flush();
        if (request.plan().sinks()) {
            long asked = request.options().timeoutMillis();
            long position = engine.reachedPosition(); // a sink that has just been made may not follow yet
            sinks.flush(position, TimeUnit.MILLISECONDS.toNanos(asked == 0 ? timeoutMillis : asked));
        }
        return new StatementResult.Update(0);
    }
}
