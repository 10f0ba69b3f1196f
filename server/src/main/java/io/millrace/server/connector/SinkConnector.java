package io.millrace.server.connector;

import io.millrace.executor.column.Batch;
import java.io.IOException;

/**
 * Writes the changes of a query to where they are kept, in groups of whole steps. What a group holds and how far it goes
 * become durable in one act, {@link #commit}, so that after any end {@link #lastCommitted} tells after which position to go on:
 * each change is written once.
 *
 * <p>Calls come in this order: {@code lastCommitted}, then for each group {@code begin}, any number of {@code write}, and
 * {@code commit}. A group that is not committed is as if it had never been. For one thread.
 */
interface SinkConnector extends AutoCloseable {
    /** Nothing has been committed yet. */
    long NOTHING = -1;

    /** The last position of the last group that was committed; {@link #NOTHING} before the first. */
    long lastCommitted() throws IOException;

    /** Begins a group. */
    void begin(long firstPosition) throws IOException;

    /** Adds rows to the group; a batch is valid during the call. */
    void write(Batch rows) throws IOException;

    /** About how many bytes the group has. */
    long bytes();

    /** Ends the group, of all steps up to a position; it is durable when this returns. */
    void commit(long lastPosition) throws IOException;

    /** Gives up a group that has not been committed. */
    @Override
    void close() throws IOException;
}
