package io.millrace.server.connector;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.Producers;
import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.log.ProducerName;
import io.millrace.executor.time.EngineClock;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The clients of a source that number their lines, of each producer the latest. Thread-safe. */
final class ProducerClients {
    private static final int SETTLE_SECONDS = 30;

    private final StreamDefinition stream;
    private final StreamDefinition errors;
    private final Producers producers;
    private final EngineClock clock;
    private final Map<UUID, ProducerConnection> latest = new HashMap<>();

    ProducerClients(StreamDefinition stream, StreamDefinition errors, Producers producers, EngineClock clock) {
        this.stream = stream;
        this.errors = errors;
        this.producers = producers;
        this.clock = clock;
    }

    /**
     * Who a client is.
     *
     * @param lastDeadLetter of this producer's on disk; null when there is none
     */
    record Client(
            ProducerConnection connection,
            UUID producer,
            int epoch,
            RecordNumbers numbers,
            @Nullable ProducerEntry lastDeadLetter) {}

    /** Makes what reads the lines behind the first. */
    interface Readers {
        SourceReader reader(Client client) throws IOException;
    }

    /** Serves a client until it ends. */
    void serve(Socket socket, Readers readers) throws IOException, InterruptedException {
        ProducerConnection connection = new ProducerConnection(socket);
        UUID producer = null;
        try {
            socket.setKeepAlive(true);
            Hello hello = Hello.read(socket, clock);
            producer = hello.producer().id();
            Client client = open(connection, hello);
            connection.accept(client.epoch(), client.numbers().known());
            readers.reader(client).run();
            connection.checkEnded();
        } catch (MillraceException refused) {
            connection.refuse(refused);
        } finally {
            forget(producer, connection);
        }
    }

    private Client open(ProducerConnection connection, Hello hello) throws InterruptedException {
        int epoch = takeOver(connection, hello);
        UUID producer = hello.producer().id();
        ProducerEntry last = settled(stream.id(), producer);
        ProducerEntry lastDeadLetter = settled(errors.id(), producer);
        long known = last == null ? 0 : last.number();
        long first = hello.first() == 0 ? known + 1 : hello.first();
        if (first > known + 1) {
            throw new MillraceException(
                            ErrorCode.OUT_OF_ORDER,
                            "out of order: the lines begin with number " + first + ", but the last one of producer \""
                                    + hello.producer().text() + "\" in stream \"" + stream.name() + "\" is " + known)
                    .withHint("Send line " + (known + 1) + " first.");
        }
        return new Client(connection, producer, epoch, new RecordNumbers(first, known), lastDeadLetter);
    }

    /** One after the other, so that who is told to end is never the later one. */
    private synchronized int takeOver(ProducerConnection connection, Hello hello) {
        ProducerName name = hello.producer();
        ProducerEpochs epochs = producers.epochs();
        int epoch = hello.epoch() == 0 ? epochs.begin(name) : epochs.begin(name, hello.epoch());
        ProducerConnection earlier = latest.put(name.id(), connection);
        if (earlier != null) {
            earlier.end(ProducerEpochs.fenced(name.text(), epoch - 1, epoch));
        }
        return epoch;
    }

    private synchronized void forget(@Nullable UUID producer, ProducerConnection connection) {
        if (producer != null) {
            latest.remove(producer, connection);
        }
    }

    private @Nullable ProducerEntry settled(long streamId, UUID producer) throws InterruptedException {
        try {
            return producers.settled(streamId, producer).get(SETTLE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stuck) {
            throw new MillraceException(
                    ErrorCode.NOT_READY,
                    "what an earlier connection of the producer sent is still being written",
                    stuck);
        } catch (ExecutionException failure) {
            throw MillraceException.internal("cannot tell what a producer has sent: " + failure.getCause());
        }
    }
}
