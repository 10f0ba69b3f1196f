package io.millrace.executor.checkpoint;

import io.millrace.error.MillraceException;
import io.millrace.executor.log.Durable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a data directory. A checkpoint is a file, whose footer names the files before it that hold what it does not.
 * The names of the files tell which there are: there is no list of them that could be lost. One thread writes, any
 * may read.
 */
public final class CheckpointStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(CheckpointStore.class);
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{19})");
    /** So many are kept: when the newest is damaged, there is the one before it. */
    static final int KEPT = 2;

    private final Path directory;
    /** Those that a start has found unusable: another may take their place. */
    private final Set<Long> unusable = ConcurrentHashMap.newKeySet();

    public CheckpointStore(Path directory) {
        this.directory = directory;
    }

    Path path(long position) {
        return directory.resolve(String.format(Locale.ROOT, "checkpoint-%019d", position));
    }

    /** The positions of all checkpoints, the newest first. */
    public List<Long> positions() throws IOException {
        List<Long> positions = new ArrayList<>();
        for (Path file : files()) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                positions.add(Long.parseLong(name.group(1)));
            }
        }
        positions.sort(Comparator.reverseOrder());
        return positions;
    }

    /** Removes what a process that died has not finished. Before anything is written. */
    public void removeUnfinished() throws IOException {
        for (Path file : files()) {
            if (CheckpointWriter.isUnfinished(file)) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** @throws MillraceException DATA_CORRUPTED when it is damaged, or another one has its name */
    public CheckpointFile open(long position) throws IOException {
        CheckpointFile file = CheckpointFile.open(path(position));
        if (file.position() != position) {
            throw DamagedPlace.error(path(position), Long.BYTES * 2, "is that of position " + file.position());
        }
        return file;
    }

    /** A checkpoint is damaged, or not of this data directory: it stays, for {@code verify}, until there is a new one of its position. */
    public void giveUp(long position) {
        unusable.add(position);
    }

    /** @param identity of the step of that position */
    public CheckpointWriter create(long position, int identity) throws IOException {
        Durable.createDirectories(directory);
        if (Files.exists(path(position)) && !unusable.contains(position)) {
            throw new FileAlreadyExistsException(path(position).toString()); // others may need what it holds
        }
        return new CheckpointWriter(path(position), position, identity);
    }

    public void delete(long position) throws IOException {
        Files.deleteIfExists(path(position));
    }

    /**
     * Deletes the files that neither the newest checkpoints need, nor the newest that is not later than a position; if all are, the
     * oldest stands for it.
     */
    public void deleteOld(long keptPosition) throws IOException {
        List<Long> positions = positions();
        Set<Long> needed = new HashSet<>();
        int whole = 0;
        boolean isAnchored = false;
        List<Long> last = List.of();
        for (long position : positions) {
            if (whole >= KEPT && isAnchored) {
                break;
            }
            try {
                List<Long> files = new ArrayList<>(List.of(position));
                open(position).entries().forEach(entry -> files.addAll(entry.files()));
                if (!positions.containsAll(files)) { // it is kept, if at all, as a part of later ones
                    continue;
                }
                isAnchored = position <= keptPosition;
                last = files;
                if (whole < KEPT || isAnchored) {
                    needed.addAll(files);
                }
                whole++;
            } catch (MillraceException damaged) {
                LOGGER.warn("{}", damaged.getMessage());
                needed.add(position);
            }
        }
        if (!isAnchored) {
            needed.addAll(last);
        }
        for (long position : positions) {
            if (whole >= KEPT && !needed.contains(position)) {
                Files.deleteIfExists(path(position));
            }
        }
    }
}
