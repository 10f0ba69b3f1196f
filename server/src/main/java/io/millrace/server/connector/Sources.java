package io.millrace.server.connector;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Retention;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.function.EvaluationContext;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.time.EngineClock;
import io.millrace.settings.ByteSize;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The running sources, by stream. Thread-safe. */
public final class Sources implements AutoCloseable {
    /** The option that says where a stream's rows come from. */
    public static final String CONNECTOR = "connector";

    private static final List<String> CONNECTORS = List.of("socket");
    private static final List<String> FORMATS = List.of("text", "csv", "json");

    private final StreamEngine engine;
    private final EngineClock clock;
    private final EvaluationContext context;
    private final ThreadFactory threads;
    private final Map<Long, SourceConnector> running = new ConcurrentHashMap<>();

    public Sources(StreamEngine engine, EngineClock clock, ThreadFactory threads) {
        this.engine = engine;
        this.clock = clock;
        this.context = clock::epochMicros;
        this.threads = threads;
    }

    public static boolean hasConnector(StreamDefinition stream) {
        return stream.options().containsKey(CONNECTOR);
    }

    /** Refuses options that no connector takes. */
    public static void check(StreamDefinition stream) {
        ConnectorOptions options = new ConnectorOptions(stream);
        options.parsed(
                Retention.TIME,
                Duration.ZERO,
                "a duration such as 12h, 7d or 90s, or forever",
                text -> text.equals(Retention.FOREVER_TEXT) ? Duration.ZERO : Retention.time(text));
        options.parsed(Retention.SIZE, new ByteSize(0), "a size such as 512MiB or 10GB", Retention::size);
        if (hasConnector(stream)) {
            options.choice(CONNECTOR, "", CONNECTORS);
            SocketOptions.of(options);
            format(stream, options);
            refuseArrays(stream);
        }
        options.refuseOthers();
    }

    private static void refuseArrays(StreamDefinition stream) {
        for (ColumnDefinition column : stream.columns()) {
            if (column.type().isArray()) {
                throw MillraceException.notSupported(
                                "a connector for column \"" + column.name() + "\" of type " + column.type(), null)
                        .withHint("Leave the connector out, and feed the stream with INSERT.");
            }
        }
    }

    /** Starts the source of a stream that has one. */
    public void start(StreamDefinition stream, StreamDefinition errors) {
        SocketOptions socket = SocketOptions.of(new ConnectorOptions(stream));
        SocketSource source = new SocketSource(stream.name(), socket, connected(stream, errors, socket), threads);
        running.put(stream.id(), source);
        source.start();
    }

    private SocketSource.Connected connected(StreamDefinition stream, StreamDefinition errors, SocketOptions options) {
        if (!options.handshake()) {
            return (socket, from, stopped, errorRows) -> reader(
                            stream,
                            context,
                            socket.getInputStream(),
                            from,
                            new SourceWriter(sink(stream), stopped),
                            new SourceWriter(sink(errors), stopped),
                            errorRows)
                    .run();
        }
        ProducerClients clients = new ProducerClients(stream, errors, engine.producers(), clock);
        return (socket, from, stopped, errorRows) -> clients.serve(
                socket,
                client -> numberedReader(
                        stream,
                        context,
                        socket.getInputStream(),
                        client,
                        new SourceWriter(
                                sink(stream),
                                stopped,
                                appended ->
                                        client.connection().acknowledge(ProducerSequence.number(appended.sequence()))),
                        new DeadLetters(
                                from,
                                new SourceWriter(sink(errors), stopped),
                                errorRows,
                                new DeadLetterNumbers(client.producer(), client.epoch(), client.lastDeadLetter()))));
    }

    private StreamSink sink(StreamDefinition stream) {
        return (columns, rows, producer) -> engine.append(stream.id(), columns, rows, producer);
    }

    public void stop(long streamId) {
        SourceConnector source = running.remove(streamId);
        if (source != null) {
            source.close();
        }
    }

    /** Null for a stream without a source. */
    public @Nullable SourceStatus status(long streamId) {
        SourceConnector source = running.get(streamId);
        return source == null ? null : source.status();
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(this::stop);
    }

    static SourceReader reader(
            StreamDefinition stream,
            EvaluationContext context,
            InputStream input,
            String from,
            SourceWriter rows,
            SourceWriter errors,
            LongAdder errorRows) {
        RowFormat format = format(stream, new ConnectorOptions(stream));
        SlicedConverter converter = converter(stream, context);
        DeadLetters deadLetters = new DeadLetters(from, errors, errorRows, null);
        return new SourceReader(
                new RecordFramer(input, format.quotedFieldSeparator()),
                format,
                new TextRows(stream.columns().size(), converter != null),
                new PlainOutput(converter, rows, deadLetters),
                null);
    }

    private static SourceReader numberedReader(
            StreamDefinition stream,
            EvaluationContext context,
            InputStream input,
            ProducerClients.Client client,
            SourceWriter rows,
            DeadLetters deadLetters) {
        RowFormat format = format(stream, new ConnectorOptions(stream));
        SlicedConverter converter = converter(stream, context);
        RecordNumbers numbers = client.numbers();
        return new SourceReader(
                new RecordFramer(input, format.quotedFieldSeparator(), false),
                format,
                new TextRows(stream.columns().size(), converter != null),
                new NumberedOutput(
                        stream.columnTypes(),
                        converter,
                        rows,
                        deadLetters,
                        client.producer(),
                        client.epoch(),
                        numbers.known()),
                numbers);
    }

    private static @Nullable SlicedConverter converter(StreamDefinition stream, EvaluationContext context) {
        return RowConverter.acceptsAll(stream) ? null : new SlicedConverter(new RowConverter(stream, context));
    }

    private static RowFormat format(StreamDefinition stream, ConnectorOptions options) {
        String name = options.choice("format", "text", FORMATS);
        if (name.equals("csv")) {
            return CsvFormat.of(stream, options);
        }
        return name.equals("json") ? new JsonFormat(stream) : TextFormat.of(stream, options);
    }
}
