package io.millrace.server.statement;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.planner.StatementPlan;

/** KILL QUERY. */
final class KillQueryHandler implements StatementHandler<StatementPlan.KillQuery> {
    private final StreamEngine engine;

    KillQueryHandler(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public StatementResult execute(StatementRequest<StatementPlan.KillQuery> request) {
        long id = request.plan().id();
        if (!engine.kill(id)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "there is no running query " + id,
                    "SHOW QUERIES lists those that run",
                    null,
                    null);
        }
        return new StatementResult.Update(0);
    }
}
