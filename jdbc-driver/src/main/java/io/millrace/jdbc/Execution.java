package io.millrace.jdbc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement, from sending it to its last row: one thread waits in it for the server, any other may end it.
 */
final class Execution {
    private final Consumer<Execution> onInterrupt;

    private volatile @Nullable End end;
    private volatile boolean finished;
    private volatile boolean answered;
    private volatile byte @Nullable [] rows;
    private volatile @Nullable String resumeToken;
    private volatile @Nullable Repetition repetition;
    private @Nullable Waiting waiting;
    private @Nullable RequestId asked;
    private @Nullable CompletableFuture<Void> timer;

    Execution() {
        this(run -> run.end(End.INTERRUPTED));
    }

    /** @param onInterrupt ends the run when the thread that waits in it is interrupted */
    Execution(Consumer<Execution> onInterrupt) {
        this.onInterrupt = onInterrupt;
    }

    /** Asks the server for the same once more. */
    interface Repetition {
        /** @param point where the result goes on */
        void ask(String point) throws SQLException;
    }

    /** How to wake the thread that waits, which then asks for the reason. */
    private interface Waiting {
        void wake();
    }

    /** Asks the server, and waits for its answer or for {@link #end}. */
    Answer await(HttpExchange exchange) throws SQLException, IOException {
        waitIn(exchange::abort);
        try {
            Answer answer = exchange.answer();
            check();
            return answer;
        } catch (InterruptedIOException interrupted) {
            throw interrupted();
        } catch (IOException lost) {
            check();
            throw lost;
        } finally {
            waited();
        }
    }

    /** Waits for what another thread has asked for, or for {@link #end}. */
    <T> T await(CompletableFuture<T> answer) throws SQLException, IOException {
        CompletableFuture<T> mine = answer.copy();
        waitIn(() -> mine.cancel(false));
        try {
            T value = mine.get();
            check();
            return value;
        } catch (ExecutionException | CancellationException failed) {
            check();
            throw failure(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            waited();
        }
    }

    private synchronized void waitIn(Waiting wait) throws SQLException {
        check();
        waiting = wait;
    }

    private synchronized void waited() {
        waiting = null;
    }

    private SQLException interrupted() throws SQLException {
        onInterrupt.accept(this);
        check();
        return End.INTERRUPTED.exception();
    }

    /** Waits for a while, or for {@link #end}. */
    void pause(Duration time) throws SQLException {
        try {
            await(new CompletableFuture<Boolean>().completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Waits until something earlier is over, but not for ever. */
    void settle(CompletableFuture<?> earlier, Duration longest) throws SQLException {
        try {
            await(earlier.handle((value, failure) -> true)
                    .completeOnTimeout(true, longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Waits for what another run does, and fails as it does. */
    void join(CompletableFuture<?> other) throws SQLException {
        try {
            await(other);
        } catch (IOException lost) {
            throw SqlErrors.lost(lost);
        }
    }

    /** Ends the run at its deadline, unless it is finished before. */
    synchronized void endAfter(Duration time, Runnable onTimeout) {
        CompletableFuture<Void> deadline = new CompletableFuture<>();
        timer = deadline;
        deadline.thenRunAsync(onTimeout, DriverThreads.EXECUTOR);
        deadline.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Wakes the waiting thread with the reason; false if the run is over already. */
    boolean end(End reason) {
        Waiting blocked;
        synchronized (this) {
            if (end != null || finished) {
                return false;
            }
            end = reason;
            blocked = waiting;
            stopTimer();
        }
        if (blocked != null) {
            blocked.wake();
        }
        return true;
    }

    /** The last row has come, or the count of rows. */
    synchronized void finish() {
        finished = true;
        stopTimer();
    }

    /** No more rows are read. */
    boolean isOver() {
        return finished || end != null;
    }

    /** The server has answered the statement itself; what follows are rows. */
    void answer() {
        answered = true;
    }

    /**
     * What came with the answer.
     *
     * @param frame rows, as a fetch gives them; null: none
     * @param token by which the result can go on; null: it cannot
     */
    void brought(byte @Nullable [] frame, @Nullable String token) {
        rows = frame;
        resumeToken = token;
    }

    @Nullable
    String resumeToken() {
        return resumeToken;
    }

    /** How the statement is sent once more. */
    void repeatable(Repetition again) {
        repetition = again;
    }

    void repeat(String point) throws SQLException {
        Repetition again = repetition;
        if (again == null) {
            throw SqlErrors.of(SqlErrors.INTERNAL, "the statement was never sent");
        }
        again.ask(point);
    }

    byte @Nullable [] rows() {
        return rows;
    }

    /** The statement is sent to the server under this name. */
    synchronized void ask(RequestId id) {
        asked = id;
        answered = false;
    }

    /** The name of the request that the server may not have answered yet; null: it has answered, or was not asked. */
    synchronized @Nullable RequestId unanswered() {
        return answered ? null : asked;
    }

    void check() throws SQLException {
        End reason = end;
        if (reason != null) {
            throw reason.exception();
        }
    }

    private synchronized void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static IOException failure(Exception failed) throws SQLException {
        Throwable cause = failed;
        while (cause instanceof ExecutionException || cause instanceof CompletionException) {
            Throwable inner = cause.getCause();
            if (inner == null) {
                break;
            }
            cause = inner;
        }
        if (cause instanceof IOException lost) {
            return lost;
        }
        if (cause instanceof SQLException refused) {
            throw refused;
        }
        throw SqlErrors.of(SqlErrors.INTERNAL, "unexpected failure in the driver: " + cause, cause);
    }
}
