package io.millrace.shell;

import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one statement at a time and writes its rows as they come. Any thread may cancel. */
final class StatementRunner {
    private static final String CANCELLED = "57014";

    private final Connection connection;
    private final ShellSettings settings;
    private final Writer out;
    private final IntSupplier lineLimit;

    private @Nullable Statement running;
    private boolean isCancelled;

    /** @param lineLimit of a table's line in cells; 0 for none */
    StatementRunner(Connection connection, ShellSettings settings, Writer out, IntSupplier lineLimit) {
        this.connection = connection;
        this.settings = settings;
        this.out = out;
        this.lineLimit = lineLimit;
    }

    StatementOutcome run(String sql) throws SQLException, IOException {
        long start = System.nanoTime();
        try (Statement statement = connection.createStatement()) {
            statement.setLargeMaxRows(settings.maxRows());
            begin(statement);
            try {
                if (!statement.execute(sql)) {
                    long changed = Math.max(0, statement.getLargeUpdateCount());
                    return new StatementOutcome(false, changed, false, false, since(start));
                }
                try (ResultSet results = statement.getResultSet()) {
                    return show(results, start);
                }
            } catch (SQLException failure) {
                throwUnlessCancelled(failure);
                return new StatementOutcome(true, 0, false, true, since(start));
            } finally {
                begin(null);
            }
        }
    }

    /** Ends what runs now, if anything does. */
    void cancel() {
        try {
            Statement statement = cancelled();
            if (statement != null) {
                statement.cancel();
            }
        } catch (SQLException closed) {
            // it has just ended by itself
        }
    }

    private StatementOutcome show(ResultSet results, long start) throws SQLException, IOException {
        List<ResultColumn> columns = ResultColumn.of(results.getMetaData());
        ResultWriter writer = new PromptResultWriter(settings.writer(out, columns, lineLimit.getAsInt()), this::cancel);
        @Nullable String[] row = new @Nullable String[columns.size()];
        long count = 0;
        boolean endedEarly = false;
        try {
            while (results.next()) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = results.getString(i + 1);
                }
                writer.row(row);
                count++;
            }
        } catch (SQLException failure) {
            writer.end();
            throwUnlessCancelled(failure);
            endedEarly = true;
        }
        writer.end();
        return new StatementOutcome(true, count, writer.hasCut(), endedEarly, since(start));
    }

    private synchronized void begin(@Nullable Statement statement) {
        running = statement;
        isCancelled = false;
    }

    private synchronized @Nullable Statement cancelled() {
        isCancelled = true;
        return running;
    }

    private synchronized void throwUnlessCancelled(SQLException failure) throws SQLException {
        if (!isCancelled || !CANCELLED.equals(failure.getSQLState())) {
            throw failure;
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
