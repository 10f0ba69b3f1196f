package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.server.session.Session;
import io.millrace.server.statement.ExecuteOptions;
import io.millrace.server.statement.PreparedSql;
import io.millrace.server.statement.StatementExecutor;
import io.millrace.server.statement.StatementResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Knows the statements that a test has told it. */
final class FakeExecutor implements StatementExecutor {
    record Execution(Session session, String sql, List<? extends List<?>> parameters, ExecuteOptions options) {}

    final List<Execution> executions = new CopyOnWriteArrayList<>();
    private final Map<String, PreparedSql> statements = new ConcurrentHashMap<>();
    private final Map<String, Supplier<ScriptedCursor>> cursors = new ConcurrentHashMap<>();
    volatile Runnable beforeUpdate = () -> {};
    volatile boolean isSmall;
    /** On which each execution ran. */
    final List<String> threads = new CopyOnWriteArrayList<>();

    void query(String sql, Supplier<ScriptedCursor> cursor, DataType... parameters) {
        statements.put(
                sql,
                new PreparedSql(
                        sql,
                        PreparedSql.Kind.QUERY,
                        List.of(parameters),
                        cursor.get().columns()));
        cursors.put(sql, cursor);
    }

    ScriptedCursor query(String sql, ScriptedCursor cursor) {
        query(sql, () -> cursor);
        return cursor;
    }

    void update(String sql, DataType... parameters) {
        statements.put(sql, new PreparedSql(sql, PreparedSql.Kind.UPDATE, List.of(parameters), List.of()));
    }

    @Override
    public PreparedSql prepare(Session session, String sql) {
        if (sql.equals("overflow")) {
            throw new StackOverflowError();
        }
        if (sql.equals("defect")) {
            throw new IllegalStateException("a secret");
        }
        PreparedSql known = statements.get(sql);
        if (known == null) {
            throw new MillraceException(ErrorCode.SYNTAX_ERROR, "syntax error at \"" + sql + "\"");
        }
        return known;
    }

    @Override
    public boolean isSmall(PreparedSql statement) {
        return isSmall;
    }

    @Override
    public StatementResult execute(
            Session session, PreparedSql statement, List<? extends List<?>> parameters, ExecuteOptions options) {
        threads.add(Thread.currentThread().getName());
        executions.add(new Execution(session, statement.sql(), parameters, options));
        if (statement.kind() == PreparedSql.Kind.QUERY) {
            return new StatementResult.Rows(cursors.get(statement.sql()).get());
        }
        beforeUpdate.run();
        return new StatementResult.Update(Collections.nCopies(parameters.size(), 1L));
    }
}
