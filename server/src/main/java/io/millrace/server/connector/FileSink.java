package io.millrace.server.connector;

import io.millrace.executor.column.Batch;
import io.millrace.plan.OutputColumn;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file for each group of steps, named by their first and last positions:
 *
 * <pre>
 * orders-0000000000000000000-0000000000000000017.csv     what was there at position 17
 * orders-0000000000000000018-0000000000000000052.csv     the changes of 18 to 52
 * .orders-0000000000000000053.csv.tmp                    not ended yet
 * </pre>
 *
 * <p>A file is forced to the disk before it gets its name, and the directory after: the names tell how far all is written, and
 * there is nothing else that could.
 */
final class FileSink implements SinkConnector {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final String prefix;
    private final String suffix;
    private final Pattern finished;
    private final Pattern unfinished;
    private final FileSinkOptions options;
    private final List<OutputColumn> columns;

    private @Nullable OpenFile open;

    private record OpenFile(Path path, long first, FileChannel channel, CountedBytes bytes, RowEncoder encoder) {}

    /** @param directory which is there already */
    FileSink(Path directory, String name, FileSinkOptions options, List<OutputColumn> columns) {
        this.directory = directory;
        this.options = options;
        this.columns = columns;
        prefix = URLEncoder.encode(name, StandardCharsets.UTF_8) + "-";
        suffix = options.isJson() ? ".json" : ".csv";
        finished = Pattern.compile(Pattern.quote(prefix) + "(\\d{19})-(\\d{19})" + Pattern.quote(suffix));
        unfinished = Pattern.compile(Pattern.quote("." + prefix) + "\\d{19}" + Pattern.quote(suffix + ".tmp"));
    }

    @Override
    public long lastCommitted() throws IOException {
        long last = NOTHING;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Matcher known = finished.matcher(name);
                if (known.matches()) {
                    last = Math.max(last, Long.parseLong(known.group(2)));
                } else if (unfinished.matcher(name).matches()) {
                    Files.delete(file);
                }
            }
        }
        force(directory); // what is taken for written stays
        return last;
    }

    @Override
    public void begin(long firstPosition) throws IOException {
        close();
        Path path = directory.resolve("." + prefix + digits(firstPosition) + suffix + ".tmp");
        Files.deleteIfExists(path);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE); // no link is followed
        CountedBytes bytes = new CountedBytes(Channels.newOutputStream(channel));
        OutputStream out = new BufferedOutputStream(bytes, BUFFER_BYTES);
        try {
            RowEncoder encoder = options.isJson()
                    ? new JsonEncoder(out, columns)
                    : new CsvEncoder(out, columns, options.header(), options.separator());
            open = new OpenFile(path, firstPosition, channel, bytes, encoder);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public void write(Batch rows) throws IOException {
        opened().encoder.write(rows);
    }

    @Override
    public long bytes() {
        OpenFile file = open;
        return file == null ? 0 : file.bytes.count();
    }

    @Override
    public void commit(long lastPosition) throws IOException {
        OpenFile file = opened();
        file.encoder.flush();
        file.channel.force(true);
        file.channel.close();
        String name = prefix + digits(file.first) + "-" + digits(lastPosition) + suffix;
        Files.move(file.path, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        open = null;
        force(directory);
    }

    private OpenFile opened() {
        OpenFile file = open;
        if (file == null) {
            throw new IllegalStateException("no group has begun");
        }
        return file;
    }

    private static String digits(long position) {
        return String.format(Locale.ROOT, "%019d", position);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        OpenFile file = open;
        open = null;
        if (file != null) {
            file.channel.close();
            Files.deleteIfExists(file.path);
        }
    }
}
