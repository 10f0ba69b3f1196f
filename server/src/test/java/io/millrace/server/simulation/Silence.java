package io.millrace.server.simulation;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;

/** Nobody is told what the servers of many lives log, which is a lot; they write it all the same. */
final class Silence implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");

    private final List<Handler> handlers = List.of(ROOT.getHandlers());

    Silence() {
        handlers.forEach(ROOT::removeHandler);
    }

    @Override
    public void close() {
        handlers.forEach(ROOT::addHandler);
    }
}
