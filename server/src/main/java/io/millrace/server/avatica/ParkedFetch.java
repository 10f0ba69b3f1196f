package io.millrace.server.avatica;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A fetch that waits for rows without holding a thread. Guarded by its result, except for the answer itself. */
final class ParkedFetch {
    /** Takes the answer, once. */
    interface Reply {
        void frame(ResultFrame frame);

        void failed(Throwable failure);
    }

    final long offset;
    final int maxRows;
    final Reply reply;

    /** Where the answer is made. */
    final Executor executor;

    @Nullable
    Future<?> timeout;

    ParkedFetch(long offset, int maxRows, Reply reply, Executor executor) {
        this.offset = offset;
        this.maxRows = maxRows;
        this.reply = reply;
        this.executor = executor;
    }
}
