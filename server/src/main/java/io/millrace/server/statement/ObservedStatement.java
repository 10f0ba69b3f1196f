package io.millrace.server.statement;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.time.EngineClock;
import io.millrace.planner.StatementPlan;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Watches one statement from its arrival, and tells of its end once. */
final class ObservedStatement {
    private static final Pattern BEFORE_CAPITAL = Pattern.compile("(?<=.)(?=[A-Z])");

    private final StatementObserver observer;
    private final EngineClock clock;
    private final String sql;
    private final String client;
    private final long began;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private volatile String kind = "unplanned";

    ObservedStatement(StatementObserver observer, EngineClock clock, String sql, String client) {
        this.observer = observer;
        this.clock = clock;
        this.sql = sql;
        this.client = client;
        this.began = clock.nanoTime();
    }

    void planned(StatementPlan plan) {
        kind = kind(plan);
    }

    void ended(long rows) {
        tell(rows, null);
    }

    void failed(long rows, Throwable cause) {
        tell(rows, cause instanceof MillraceException known ? known : MillraceException.internal(cause.toString()));
    }

    /** The reader has closed a result that had more rows to give. */
    void abandoned(long rows) {
        tell(rows, new MillraceException(ErrorCode.CANCELLED, "the result was closed"));
    }

    private void tell(long rows, @Nullable MillraceException failure) {
        if (isOver.compareAndSet(false, true)) {
            observer.ended(new EndedStatement(kind, sql, client, clock.nanoTime() - began, rows, failure));
        }
    }

    private static String kind(StatementPlan plan) {
        if (plan instanceof StatementPlan.Query query) {
            return query.continuous() ? EndedStatement.CONTINUOUS : "select";
        }
        if (plan instanceof StatementPlan.Subscribe) {
            return EndedStatement.CONTINUOUS;
        }
        return BEFORE_CAPITAL
                .matcher(plan.getClass().getSimpleName())
                .replaceAll("_")
                .toLowerCase(Locale.ROOT);
    }
}
