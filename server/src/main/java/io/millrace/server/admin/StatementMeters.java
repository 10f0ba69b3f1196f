package io.millrace.server.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.server.statement.EndedStatement;
import io.millrace.server.statement.StatementObserver;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Statements by kind and outcome, their times and rows, and their errors by SQLSTATE. */
final class StatementMeters implements StatementObserver {
    private final Meters meters;

    StatementMeters(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void ended(EndedStatement statement) {
        MillraceException failure = statement.failure();
        meters.timer("millrace.statement", "from the arrival of a statement to its last row, by kind and outcome")
                .tags("kind", statement.kind(), "outcome", outcome(failure))
                .register(meters.registry())
                .record(statement.nanos(), TimeUnit.NANOSECONDS);
        Counter.builder("millrace.statement.rows")
                .description("rows that statements gave or changed")
                .tags("kind", statement.kind())
                .register(meters.registry())
                .increment(statement.rows());
        if (failure != null) {
            Counter.builder("millrace.statement.errors")
                    .description("statements that failed; class 53 and 54 are refusals by a limit")
                    .tags(Tags.of("sqlstate", failure.sqlState()))
                    .register(meters.registry())
                    .increment();
        }
    }

    /** Who could have mended it; a statement that its client ended is no failure. */
    private static String outcome(@Nullable MillraceException failure) {
        if (failure == null) {
            return "ok";
        }
        return failure.code() == ErrorCode.CANCELLED || failure.code() == ErrorCode.ABANDONED
                ? "cancelled"
                : failure.code().kind().name().toLowerCase(Locale.ROOT);
    }
}
