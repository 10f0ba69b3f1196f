package io.millrace.server.statement;

import io.millrace.executor.StreamEngine;
import io.millrace.planner.StatementPlan;

/** FLUSH: returns when every continuous query has taken in what was inserted before. */
final class FlushHandler implements StatementHandler<StatementPlan.Flush> {
    private final StreamEngine engine;

    FlushHandler(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.Flush> request) {
        engine.flush();
        return new StatementResult.Update(0);
    }
}
