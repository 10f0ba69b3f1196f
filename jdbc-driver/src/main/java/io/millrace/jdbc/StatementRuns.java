package io.millrace.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;
import org.jspecify.annotations.Nullable;

/** The runs of one statement, one after the other; what was ended is over on the server before the next one starts. */
final class StatementRuns {
    /** The number of a statement that the server does not know yet. */
    static final int NOT_ON_SERVER = -1;

    private static final int MOST_RENEWALS = 5;
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final RemoteSession session;
    private final Warnings warnings;
    private final Renewal renewal;

    private final AtomicReference<@Nullable AppendNumber> number = new AtomicReference<>();

    private volatile StatementHandle handle;
    private volatile @Nullable Execution current;
    private volatile @Nullable End shut;
    private CompletableFuture<?> settled = CompletableFuture.completedFuture(true);

    /** Makes the statement anew on a server that does not know it. */
    interface Renewal {
        StatementHandle renew(Execution run) throws SQLException;
    }

    StatementRuns(RemoteSession session, StatementHandle handle, Warnings warnings, Renewal renewal) {
        this.session = session;
        this.handle = handle;
        this.warnings = warnings;
        this.renewal = renewal;
    }

    /** What the library is given, which keeps its statements by number for ever: all have the same. */
    static StatementHandle inLibrary(StatementHandle handle) {
        return new StatementHandle(handle.connectionId, NOT_ON_SERVER, handle.signature);
    }

    StatementHandle handle() {
        return handle;
    }

    RemoteSession session() {
        return session;
    }

    Execution begin(RunLimits limits) throws SQLException {
        end(End.RESULT_CLOSED);
        Execution run = new Execution(interrupted -> end(interrupted, End.INTERRUPTED));
        CompletableFuture<?> before;
        synchronized (this) {
            before = settled;
            current = run;
        }
        End reason = shut;
        if (reason != null) {
            run.end(reason);
        }
        if (limits.timeoutSeconds() > 0) {
            run.endAfter(Duration.ofSeconds(limits.timeoutSeconds()), () -> end(run, End.TIMED_OUT));
        }
        if (!before.isDone()) {
            run.settle(before, SETTLING);
        }
        return run;
    }

    /** Numbers what the next run writes. */
    void number(long previous, long next) throws SQLException {
        number.set(AppendNumber.of(session.settings(), previous, next));
    }

    boolean isNumbered() {
        return number.get() != null;
    }

    /** Sends the statement under one request id, to a renewed statement if need be. */
    <R extends Response> R ask(
            Execution run, RunLimits limits, Class<R> type, Function<StatementHandle, Request> request)
            throws SQLException {
        run.repeatable(point -> ask(run, limits.resuming(point), type, request));
        RequestId id = session.requestIds().next();
        run.ask(id);
        Map<String, String> headers = limits.headers(id, number.getAndSet(null));
        for (int renewals = 0; ; renewals++) {
            StatementHandle target = handle;
            SQLException missing;
            try {
                Response response = session.calls().call(run, request.apply(target), headers, answer -> {
                    answer.warnings().forEach(warnings::addFromServer);
                    run.brought(answer.rows(), answer.resumeToken());
                });
                if (!isMissing(response)) {
                    session.requestIds().answered(id);
                    run.answer();
                    return type.cast(response);
                }
                missing = SqlErrors.of(SqlErrors.NO_SUCH_STATEMENT, "the server does not know the statement");
            } catch (MissingConnectionException forgotten) {
                session.reopen(run, target.connectionId, forgotten);
                missing = forgotten;
            }
            if (renewals == MOST_RENEWALS || !session.settings().reconnect()) {
                throw SqlErrors.forgotten(missing);
            }
            handle = renewal.renew(run);
        }
    }

    /** Ends what runs now, here and on the server. */
    void end(End reason) {
        Execution run = current;
        if (run != null) {
            end(run, reason);
        }
    }

    /** Ends a result of which enough rows have come. */
    void stop(Execution run) {
        run.finish();
        settle(session.fetches().cancel(handle, null));
    }

    /** Ends what runs now, and refuses to run again; the caller closes the server's side. */
    void shut(End reason) {
        shut = reason;
        Execution run = current;
        if (run != null) {
            run.end(reason);
        }
    }

    @Nullable
    End shut() {
        return shut;
    }

    /** Waits until the server has answered the cancellation. */
    void awaitSettled() {
        CompletableFuture<?> pending;
        synchronized (this) {
            pending = settled;
        }
        if (pending.isDone()) {
            return;
        }
        pending.handle((value, failure) -> true)
                .completeOnTimeout(true, SETTLING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** Locked, so that the thread which it wakes cannot start anew before the cancellation is known. */
    private synchronized void end(Execution run, End reason) {
        RequestId unanswered = run.unanswered();
        StatementHandle target = handle;
        if (run.end(reason)) {
            settle(session.fetches().cancel(target, unanswered));
        }
    }

    private synchronized void settle(CompletableFuture<?> pending) {
        CompletableFuture<?> quiet = pending.handle((value, failure) -> true);
        settled = settled.isDone() ? quiet : CompletableFuture.allOf(settled, quiet);
    }

    private static boolean isMissing(Response response) {
        if (response instanceof Service.ExecuteResponse executed) {
            return executed.missingStatement;
        }
        return response instanceof Service.ExecuteBatchResponse batch && batch.missingStatement;
    }
}
