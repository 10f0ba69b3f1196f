package io.millrace.server.statement;

import com.google.common.base.Ascii;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs statements that took long. A continuous query takes as long as its reader wants. */
final class SlowStatements implements StatementObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(SlowStatements.class);

    private final StatementSettings settings;

    SlowStatements(StatementSettings settings) {
        this.settings = settings;
    }

    @Override
    public void ended(EndedStatement statement) {
        long limit = settings.slowStatement().toNanos();
        if (limit == 0 || statement.nanos() < limit || statement.kind().equals(EndedStatement.CONTINUOUS)) {
            return;
        }
        LOGGER.warn(
                "a statement of {} took {} ms, {} rows, {}: {}",
                statement.client(),
                TimeUnit.NANOSECONDS.toMillis(statement.nanos()),
                statement.rows(),
                statement.failure() == null ? "ok" : statement.failure().sqlState(),
                Ascii.truncate(statement.sql(), settings.loggedCharacters(), "…"));
    }
}
