package io.millrace.executor.state;

/** What an accumulator holds for the groups of one table beside their records; it goes when the table is cleared. */
public interface SideState {
    /** The bytes held; asked after every batch, so it is to be known without counting. */
    long bytes();
}
