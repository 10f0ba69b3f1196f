package io.millrace.server.statement;

import io.millrace.error.MillraceException;
import io.millrace.server.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends each kind of statement to its handler. */
public final class StatementDispatcher implements StatementExecutor {
    @Override
    public PreparedSql prepare(Session session, String sql) {
        throw MillraceException.internal("not there yet: " + session + sql);
    }

    @Override
    public StatementResult execute(
            Session session,
            PreparedSql statement,
            List<? extends List<? extends @Nullable Object>> parameters,
            ExecuteOptions options) {
        throw MillraceException.internal("not there yet: " + session + statement + parameters + options);
    }
}
