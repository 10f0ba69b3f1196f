package io.millrace.server.connector;

/** Brings rows from outside into one stream, on threads of its own. Thread-safe. */
interface SourceConnector extends AutoCloseable {
    void start();

    SourceStatus status();

    /** Stops reading; rows that were read are appended first. */
    @Override
    void close();
}
