package io.millrace.server.statement;

import io.millrace.server.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes SQL to the planner and the engine. Thread-safe; calls may block for the time of a disk sync. */
public interface StatementExecutor {
    PreparedSql prepare(Session session, String sql);

    /** Whether executing it now takes less time than handing it to another thread would, and blocks for nothing. */
    default boolean isSmall(PreparedSql statement) {
        return false;
    }

    /**
     * Executes a statement once per row of parameters: a query takes exactly one row (empty when it has no question
     * marks), an INSERT any number, all of which are appended as one.
     *
     * @param parameters canonical values (see {@code DataType}) of the types in {@code statement.parameters()}
     */
    StatementResult execute(
            Session session,
            PreparedSql statement,
            List<? extends List<? extends @Nullable Object>> parameters,
            ExecuteOptions options);
}
