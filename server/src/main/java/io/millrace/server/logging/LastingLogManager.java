package io.millrace.server.logging;

import java.util.logging.LogManager;

/** Keeps its handlers when the JDK's own shutdown hook resets it: it runs beside ours, which still have things to say. */
public final class LastingLogManager extends LogManager {
    @Override
    public void reset() {}
}
