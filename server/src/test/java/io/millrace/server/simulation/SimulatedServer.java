package io.millrace.server.simulation;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.Host;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.work.Waits;
import io.millrace.server.ServerCore;
import io.millrace.server.ServerSettings;
import io.millrace.server.catalog.PlanCache;
import io.millrace.server.session.Session;
import io.millrace.server.statement.ExecuteOptions;
import io.millrace.server.statement.PreparedSql;
import io.millrace.server.statement.StatementResult;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** A server without a network, on a simulated machine; on its threads only. */
final class SimulatedServer implements AutoCloseable {
    /** Shared by all: a plan tells nothing of a machine. */
    private static final PlanCache PLANS = new PlanCache(new KeptPlans()::plan);

    private static final ServerSettings SETTINGS = ServerSettings.defaults(Path.of("unused"))
            .with("query.result-cache", "0") // it knows plans by who they are, and plans are shared with other seeds
            .with("checkpoint.interval", "2s")
            .with("step.rows", "4")
            .with("retention.interval", "1s")
            .with("query.memory", "64MiB")
            .with("query.total-memory", "256MiB")
            .with("tables.memory", "64MiB")
            .with("view.memory", "64MiB")
            .with("view.total-memory", "256MiB");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final ServerCore core;
    private final Session session = new Session("simulated", "simulated");

    /** @param onLogFailure is told that the process would end */
    SimulatedServer(Host host, Path data, Runnable onLogFailure) {
        try {
            core = ServerCore.start(
                    settings(data), SETTINGS, host, PLANS, statement -> {}, failure -> onLogFailure.run(), parts);
            core.startConnectors();
            core.engine().awake();
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    /** The usual ones, but for a directory that no text can name. */
    private static EngineSettings settings(Path data) {
        EngineSettings usual = SETTINGS.area(EngineSettings.class);
        try {
            List<Class<?>> types = new ArrayList<>();
            List<Object> values = new ArrayList<>();
            for (RecordComponent component : EngineSettings.class.getRecordComponents()) {
                types.add(component.getType());
                values.add(
                        component.getType() == Path.class
                                ? data
                                : component.getAccessor().invoke(usual));
            }
            return EngineSettings.class
                    .getDeclaredConstructor(types.toArray(Class<?>[]::new))
                    .newInstance(values.toArray());
        } catch (ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Whether there is a relation of that name. */
    boolean has(String name) {
        CatalogSnapshot catalog = core.catalog().current();
        return catalog.relation(name) != null;
    }

    /** Runs a statement that gives no rows. */
    void run(String sql, List<List<Object>> parameters, ProducerSequence producer) {
        PreparedSql prepared = core.statements().prepare(session, sql);
        core.statements().execute(session, prepared, parameters, new ExecuteOptions(0, 0, producer, null));
    }

    void run(String sql) {
        run(sql, List.of(List.of()), null);
    }

    ResultCursor open(String sql) {
        PreparedSql prepared = core.statements().prepare(session, sql);
        StatementResult result =
                core.statements().execute(session, prepared, List.of(List.of()), ExecuteOptions.DEFAULT);
        return ((StatementResult.Rows) result).cursor();
    }

    /** All rows, each as a text. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (ResultCursor cursor = open(sql)) {
            while (!cursor.isFinished()) {
                ResultBatch batch = cursor.poll(Integer.MAX_VALUE);
                if (batch == null) {
                    CompletableFuture<Void> available = new CompletableFuture<>();
                    cursor.onAvailable(() -> available.complete(null));
                    Waits.join(available);
                } else {
                    rows.addAll(texts(cursor, batch));
                }
            }
        }
        return rows;
    }

    static List<String> texts(ResultCursor cursor, ResultBatch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            StringJoiner text = new StringJoiner("|");
            for (int column = 0; column < batch.columns().size(); column++) {
                text.add(String.valueOf(ColumnValues.value(
                        batch.columns().get(column),
                        row,
                        cursor.columns().get(column).type())));
            }
            rows.add(text.toString());
        }
        return rows;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                throw new AssertionError("a part of the server does not end", failure);
            }
        }
    }
}
