package io.millrace.executor.view;

/** What fills a {@link ResultQueue} is told of its reader; on the reader's thread, so it must only signal. */
public interface ResultProducer {
    /** There is room again, after {@link ResultQueue#pauseIfFull} said that there was none. */
    void resume();

    /** Nobody will read further rows. */
    void ended();
}
