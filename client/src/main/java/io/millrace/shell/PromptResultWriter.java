package io.millrace.shell;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Shows rows soon after they have come, however few they are, without a flush for each of many. */
final class PromptResultWriter implements ResultWriter {
    private static final long DELAY_MILLIS = 50;

    private final ResultWriter writer;
    private final Runnable onFailure;
    private final Executor delayed = CompletableFuture.delayedExecutor(DELAY_MILLIS, TimeUnit.MILLISECONDS);

    private boolean isFlushDue;
    private boolean hasEnded;
    private @Nullable IOException failure;

    /** @param onFailure called by another thread when nobody takes the output any more */
    PromptResultWriter(ResultWriter writer, Runnable onFailure) {
        this.writer = writer;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void row(@Nullable String[] values) throws IOException {
        check();
        writer.row(values);
        if (!isFlushDue) {
            isFlushDue = true;
            delayed.execute(this::flushLater);
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        check();
        writer.flush();
    }

    @Override
    public synchronized void end() throws IOException {
        hasEnded = true;
        check();
        writer.end();
    }

    @Override
    public synchronized boolean hasCut() {
        return writer.hasCut();
    }

    private void flushLater() {
        if (!flushed()) {
            onFailure.run();
        }
    }

    private synchronized boolean flushed() {
        isFlushDue = false;
        try {
            if (!hasEnded) {
                writer.flush();
            }
            return true;
        } catch (IOException closed) {
            failure = closed;
            return false;
        }
    }

    private void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
