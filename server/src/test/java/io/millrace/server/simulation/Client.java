package io.millrace.server.simulation;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.work.Waits;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Makes statements one after the other, each of which it knows the effect of. One whose answer it has not had it makes again,
 * under the same number, when the server is back.
 */
abstract class Client {
    /** For a disk that is full. */
    static final long WAIT_NANOS = 100_000_000;

    private final String name;
    private final UUID producer;
    private final SplittableRandom random;
    private long request;
    private Statement unanswered;

    /**
     * @param sql what is sent
     * @param parameters one list for each time that it is made
     * @param effect on the model, once it has been answered
     */
    record Statement(String sql, List<List<Object>> parameters, Runnable effect) {}

    Client(String name, long number, SplittableRandom random) {
        this.name = name;
        this.random = random;
        producer = new UUID(0, number);
    }

    SplittableRandom random() {
        return random;
    }

    String name() {
        return name;
    }

    abstract Statement next();

    /** Makes statements until there have been so many, or the machine crashes. */
    void work(Machine machine, SimulatedServer server, int count) {
        for (int i = 0; i < count && !machine.hasCrashed(); i++) {
            if (unanswered == null) {
                unanswered = next();
                request++;
            }
            try {
                send(server);
            } catch (RuntimeException failure) {
                if (machine.hasCrashed()) {
                    return;
                }
                if (failure instanceof MillraceException full && full.code() == ErrorCode.DISK_FULL) {
                    Waits.parkNanos(this, WAIT_NANOS);
                    i--;
                    continue;
                }
                throw new AssertionError(name + ": " + unanswered.sql + ": " + failure, failure);
            }
            if (machine.hasCrashed()) {
                return; // it is not known when the answer was sent
            }
            machine.threads().note(31 * unanswered.sql.hashCode() + unanswered.parameters.hashCode());
            unanswered.effect.run();
            unanswered = null;
        }
    }

    private void send(SimulatedServer server) {
        server.run(unanswered.sql, unanswered.parameters, ProducerSequence.of(producer, request, 0));
    }

    /** Makes what has not been answered; nothing when there is none. */
    void repeat(Machine machine, SimulatedServer server) {
        if (unanswered != null) {
            work(machine, server, 1);
        }
    }
}
