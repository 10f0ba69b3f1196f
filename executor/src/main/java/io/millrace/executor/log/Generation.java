package io.millrace.executor.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One queue directory of a log. It is written by one process, in one go, and only read afterwards: so no appender is ever
 * placed behind a torn tail, a stale index page or the lock of a dead process, and a clock that goes back between two runs
 * cannot misorder the files. The next run begins the next generation.
 */
final class Generation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);
    private static final String PREFIX = "generation-";
    private static final String DELETED = ".deleted";
    private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{6,9}");

    private final Manifest.GenerationStart start;
    private final Path directory;
    private final BlockStore.Opener stores;

    private @Nullable BlockStore store;
    private @Nullable FoundBlocks found;
    private long foundEnd;
    private int users;
    private boolean closed;

    Generation(Path logDirectory, Manifest.GenerationStart start, BlockStore.Opener stores) {
        this.start = start;
        this.directory = logDirectory.resolve(PREFIX + String.format(Locale.ROOT, "%06d", start.number()));
        this.stores = stores;
    }

    /** The numbers of the generations that have a directory, ascending. */
    static List<Integer> numbers(Path logDirectory) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> files = Files.list(logDirectory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    numbers.add(Integer.parseInt(name.substring(PREFIX.length())));
                }
            }
        }
        numbers.sort(Comparator.naturalOrder());
        return numbers;
    }

    int number() {
        return start.number();
    }

    long firstLsn() {
        return start.firstLsn();
    }

    Manifest.GenerationStart start() {
        return start;
    }

    Path directory() {
        return directory;
    }

    /** The queue's files, oldest first. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The blocks that can be found in its files where the queue does not lead to a block.
     *
     * @param end of the log: files that have not got longer are not searched again
     */
    synchronized FoundBlocks found(long lsn, long end) throws IOException {
        FoundBlocks known = found;
        if (known == null || (known.place(lsn) == null && foundEnd != end)) {
            LOG.warn("the queue in \"{}\" does not lead to block {}, which is searched for", directory, lsn);
            known = FoundBlocks.in(files(), 0);
            found = known;
            foundEnd = end;
        }
        return known;
    }

    /** Opens the blocks, or shares them; each call needs one of {@link #release}. */
    synchronized BlockStore acquire() {
        BlockStore open = store;
        if (open == null) {
            open = stores.open(directory);
            store = open;
        }
        users++;
        return open;
    }

    /** The queue stays open for the next user: Chronicle never forgets a queue that was made, so few are made. */
    synchronized void release() {
        users--;
        closeIfUnused();
    }

    /** Closes the queue as soon as nobody uses it. */
    @Override
    public synchronized void close() {
        closed = true;
        closeIfUnused();
    }

    /**
     * Deletes the files; what cannot be deleted is tried again when the log is opened next. The directory loses its name first, so that
     * no half of a generation is ever taken for one.
     */
    void delete() {
        close();
        if (!Files.isDirectory(directory)) {
            return;
        }
        Path doomed = directory.resolveSibling(directory.getFileName() + DELETED);
        try {
            Files.move(directory, doomed);
            Durable.force(directory.resolveSibling("."));
        } catch (IOException e) {
            LOG.warn("cannot delete \"{}\", which is not needed any more", directory, e);
            return;
        }
        deleteDoomed(doomed);
    }

    /** Deletes what a process that died has not deleted to the end. */
    static void deleteRest(Path logDirectory) throws IOException {
        List<Path> doomed;
        try (Stream<Path> files = Files.list(logDirectory)) {
            doomed = files.filter(file -> file.toString().endsWith(DELETED)).toList();
        }
        doomed.forEach(Generation::deleteDoomed);
    }

    private static void deleteDoomed(Path doomed) {
        try {
            List<Path> content;
            try (Stream<Path> files = Files.list(doomed)) {
                content = files.toList();
            }
            for (Path file : content) {
                Files.delete(file);
            }
            Files.delete(doomed);
        } catch (IOException e) {
            LOG.warn("cannot delete \"{}\", which is not needed any more", doomed, e);
        }
    }

    private void closeIfUnused() {
        BlockStore open = store;
        if (closed && users == 0 && open != null) {
            store = null;
            open.close();
        }
    }
}
