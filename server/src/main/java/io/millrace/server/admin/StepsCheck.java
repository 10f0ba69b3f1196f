package io.millrace.server.admin;

import io.millrace.executor.StreamEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A step that does not end: continuous queries give nothing until it does. */
final class StepsCheck implements HealthCheck {
    private static final long LONGEST_SECONDS = 30;

    private final StreamEngine engine;

    StepsCheck(StreamEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<String> problems() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(engine.metrics().steps().currentNanos());
        return seconds < LONGEST_SECONDS
                ? List.of()
                : List.of("continuous queries stand still: a step takes " + seconds + " s and has not ended");
    }
}
