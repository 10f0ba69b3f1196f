package io.millrace.server.connector;

/** Takes the rows of one connection on to the log. For one thread. */
interface RowOutput {
    /**
     * Takes a record that is no row.
     *
     * @param rows those of the records before it
     */
    void reject(TextRows rows, long line, String reason, byte[] bytes, int from, int to) throws InterruptedException;

    /**
     * Takes the rows that have been read, all of those of the records they were in.
     *
     * @param last the number of the last record that has been read
     */
    void send(TextRows rows, long last) throws InterruptedException;

    /** Returns when all that was sent is on disk. */
    void flush() throws InterruptedException;
}
