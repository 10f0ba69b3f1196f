package io.millrace.executor.log;

/** Keeps the blocks of a log from some block on, until it is closed. */
@FunctionalInterface
public interface LogHold extends AutoCloseable {
    @Override
    void close();
}
