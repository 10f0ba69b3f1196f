package io.millrace.server.statement;

import io.millrace.error.MillraceException;
import io.millrace.server.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes SQL to the planner and the engine. Thread-safe; calls may block for the time of a disk sync. */
public final class StatementDispatcher {
    public PreparedSql prepare(Session session, String sql) {
        throw MillraceException.internal("not there yet: " + session + sql);
    }

    /**
     * Executes a statement once per row of parameters: a query takes exactly one row (empty when it has no question
     * marks), an INSERT any number, all of which are appended as one.
     *
     * @param parameters canonical values (see {@code DataType}) of the types in {@code statement.parameters()}
     */
    public StatementResult execute(
            Session session,
            PreparedSql statement,
            List<? extends List<? extends @Nullable Object>> parameters,
            ExecuteOptions options) {
        throw MillraceException.internal("not there yet: " + session + statement + parameters + options);
    }
}
