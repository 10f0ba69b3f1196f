package io.millrace.server.admin;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.server.catalog.CatalogStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Streams and tables that are out of use, or whose log takes no more rows or is damaged. */
final class LogsCheck implements HealthCheck {
    private final CatalogStore catalog;
    private final StreamEngine engine;

    LogsCheck(CatalogStore catalog, StreamEngine engine) {
        this.catalog = catalog;
        this.engine = engine;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (StreamDefinition stream : catalog.current().streams()) {
            add(
                    problems,
                    "stream \"" + stream.name() + "\": ",
                    stream.id(),
                    id -> engine.status(id).failure());
        }
        for (TableDefinition table : catalog.current().tables()) {
            add(
                    problems,
                    "table \"" + table.name() + "\": ",
                    table.id(),
                    id -> engine.tables().status(id).failure());
        }
        return problems;
    }

    private void add(List<String> problems, String subject, long id, LongFunction<@Nullable MillraceException> status) {
        MillraceException failure = catalog.failure(id);
        try {
            failure = failure == null ? status.apply(id) : failure;
        } catch (MillraceException gone) {
            failure = gone.code() == ErrorCode.UNDEFINED_OBJECT ? null : gone; // dropped meanwhile
        }
        if (failure != null) {
            problems.add(subject + failure.primary());
        }
    }
}
