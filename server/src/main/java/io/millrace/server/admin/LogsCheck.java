package io.millrace.server.admin;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.server.catalog.CatalogStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams that are out of use, or whose log takes no more rows or is damaged. */
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
            MillraceException failure = failure(stream.id());
            if (failure != null) {
                problems.add("stream \"" + stream.name() + "\": " + failure.primary());
            }
        }
        return problems;
    }

    private @Nullable MillraceException failure(long streamId) {
        MillraceException failure = catalog.failure(streamId);
        try {
            return failure == null ? engine.status(streamId).failure() : failure;
        } catch (MillraceException gone) {
            return gone.code() == ErrorCode.UNDEFINED_OBJECT ? null : gone; // dropped meanwhile
        }
    }
}
