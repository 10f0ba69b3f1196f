package io.millrace.server.statement;

import io.millrace.plan.OutputColumn;
import io.millrace.planner.StatementPlan;
import java.util.List;

/** Executes one kind of statement. Thread-safe. */
interface StatementHandler<P extends StatementPlan> {
    /** The columns of the result; empty when the statement gives none. */
    default List<OutputColumn> output(P plan) {
        return List.of();
    }

    StatementResult execute(StatementRequest<P> request);
}
