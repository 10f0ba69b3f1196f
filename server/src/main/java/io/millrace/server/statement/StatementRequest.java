package io.millrace.server.statement;

import io.millrace.planner.StatementPlan;
import io.millrace.server.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One execution of a planned statement: once per row of {@code parameters}. */
record StatementRequest<P extends StatementPlan>(
        Session session,
        String sql,
        P plan,
        List<? extends List<? extends @Nullable Object>> parameters,
        ExecuteOptions options) {}
