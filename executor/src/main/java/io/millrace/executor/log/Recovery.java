package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the end of a log that is opened: what the manifest says is checked at its last block, and after an unclean end the
 * blocks behind it are read. A tail that is torn, or that ends inside an append, is cut; if it was on disk, the log is
 * damaged: it can be read up to the damage, and not appended to.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Path directory;
    private final LogOptions options;
    private final int schemaId;
    private final BlockStore.Opener stores;

    Recovery(Path directory, LogOptions options, BlockStore.Opener stores) {
        this.directory = directory;
        this.options = options;
        this.schemaId = BlockEncoder.schemaId(options.columnTypes());
        this.stores = stores;
    }

    LogState recover() throws IOException {
        Generation.deleteRest(directory);
        List<Integer> numbers = Generation.numbers(directory);
        Manifest manifest = null;
        if (Files.exists(directory.resolve(Manifest.FILE_NAME))) {
            manifest = Manifest.read(directory);
            if (manifest == null) {
                LOG.warn("the manifest of log \"{}\" is damaged; reading the whole log", options.name());
            }
        }
        if (manifest != null && !removeUnused(numbers, manifest)) {
            LOG.warn("the manifest of log \"{}\" is older than its files; reading the whole log", options.name());
            manifest = null;
        }
        if (manifest == null) {
            List<Manifest.GenerationStart> starts = starts(numbers);
            return recover(new Manifest(false, schemaId, starts, LogIndex.from(begin(starts))));
        }
        if (manifest.schemaId() != schemaId) {
            throw Damage.of(options.name(), "its manifest tells of other columns", directory.toString(), 0, null);
        }
        return recover(manifest);
    }

    /** Deletes generations that the manifest does not name; false when one is newer than the manifest and holds blocks. */
    private boolean removeUnused(List<Integer> numbers, Manifest manifest) throws IOException {
        Set<Integer> named = new HashSet<>();
        manifest.generations().forEach(start -> named.add(start.number()));
        int newest = named.isEmpty() ? 0 : Collections.max(named);
        for (int number : numbers) {
            if (named.contains(number)) {
                continue;
            }
            Generation unnamed = new Generation(directory, new Manifest.GenerationStart(number, 0), stores);
            if (number > newest && TailSearch.find(unnamed.files(), 0, -1) != null) {
                return false;
            }
            unnamed.delete();
        }
        return true;
    }

    private LogState recover(Manifest manifest) throws IOException {
        List<Generation> generations = new ArrayList<>();
        manifest.generations().forEach(start -> generations.add(new Generation(directory, start, stores)));
        LogIndex index = manifest.index();
        MillraceException damage = verifyLast(generations, index);
        if (damage == null && !manifest.clean() && !generations.isEmpty()) {
            damage = scan(generations, index);
            if (damage == null) {
                Durable.forceAll(generations.get(generations.size() - 1).directory());
                new Manifest(true, schemaId, manifest.generations(), index).write(directory);
            }
        }
        LogState state = new LogState(options.name(), index, generations, options.clock());
        if (damage != null) {
            LOG.error("{}", damage.getMessage());
            state.fail(damage);
        }
        return state;
    }

    /** Without a manifest the generations tell themselves where they begin. */
    private List<Manifest.GenerationStart> starts(List<Integer> numbers) throws IOException {
        List<Manifest.GenerationStart> starts = new ArrayList<>();
        for (int number : numbers) {
            try (Generation generation = new Generation(directory, new Manifest.GenerationStart(number, 0), stores)) {
                long firstLsn = firstLsn(generation);
                if (firstLsn >= 0) {
                    starts.add(new Manifest.GenerationStart(number, firstLsn));
                } else if (TailSearch.find(generation.files(), 0, -1) != null) {
                    throw Damage.of(
                            options.name(),
                            "both the manifest and the first block of a generation cannot be read",
                            generation.directory().toString(),
                            0,
                            null);
                }
            }
        }
        return starts;
    }

    /** Without a manifest a log that is trimmed begins with what is left of it. */
    private LogStart begin(List<Manifest.GenerationStart> starts) {
        if (starts.isEmpty()
                || starts.get(0).firstLsn() == 0
                || options.generations().equals(GenerationLimits.NONE)) {
            return LogStart.ORIGIN;
        }
        try (Generation first = new Generation(directory, starts.get(0), stores);
                BlockCursor cursor = open(first)) {
            cursor.moveToStart();
            if (cursor.next() != BlockCursor.Found.BLOCK) {
                return LogStart.ORIGIN;
            }
            LogStart start = LogStart.at(cursor.block(), LogStart.UNKNOWN);
            LOG.warn("log \"{}\" begins with block {}: what was before has been trimmed", options.name(), start.lsn());
            return start;
        }
    }

    /** -1 when it cannot be read. */
    private long firstLsn(Generation generation) {
        try (BlockCursor cursor = open(generation)) {
            cursor.moveToStart();
            return cursor.next() == BlockCursor.Found.BLOCK ? BlockCodec.lsn(cursor.block()) : -1;
        } catch (RuntimeException | InternalError | AssertionError e) {
            LOG.warn("cannot read \"{}\"", generation.directory(), e);
            return -1;
        }
    }

    private @Nullable MillraceException verifyLast(List<Generation> generations, LogIndex index) throws IOException {
        LogEnd end = index.end();
        if (end.nextLsn() == index.start().lsn()) {
            return null;
        }
        long lsn = end.nextLsn() - 1;
        int number = index.generation(lsn);
        for (Generation generation : generations) {
            if (generation.number() == number) {
                MillraceException damage = verify(generation, index.documentIndex(lsn), lsn, end.rowCount());
                return damage != null && isFound(generation, lsn, end.rowCount()) ? null : damage;
            }
        }
        return damaged(
                lsn,
                "is in generation " + number + ", which the manifest does not name",
                directory.toString(),
                0,
                null);
    }

    private @Nullable MillraceException verify(Generation generation, long document, long lsn, long rowCount)
            throws IOException {
        String place = generation.directory().toString();
        if (!Files.isDirectory(generation.directory())) {
            return damaged(lsn, "is missing", place, 0, null);
        }
        try (BlockCursor cursor = open(generation)) {
            BlockCursor.Found found = cursor.moveTo(document) ? cursor.next() : BlockCursor.Found.NOTHING;
            if (found != BlockCursor.Found.BLOCK) {
                return damaged(lsn, cursor.problem(), place, cursor.position(), cursor.cause());
            }
            byte[] block = cursor.block();
            if (BlockCodec.lsn(block) != lsn || BlockCodec.firstRow(block) + BlockCodec.rowCount(block) != rowCount) {
                return damaged(lsn, "is not where it was", place, cursor.position(), null);
            }
            return null;
        } catch (RuntimeException | InternalError | AssertionError e) {
            return damaged(lsn, "cannot be reached", place, 0, e);
        }
    }

    /** Whether a block is there that the queue does not lead to. */
    private static boolean isFound(Generation generation, long lsn, long rowCount) throws IOException {
        if (!Files.isDirectory(generation.directory())) {
            return false;
        }
        byte[] block = generation.found(lsn, lsn + 1).read(lsn);
        return block != null && BlockCodec.firstRow(block) + BlockCodec.rowCount(block) == rowCount;
    }

    private @Nullable MillraceException scan(List<Generation> generations, LogIndex index) throws IOException {
        int first = 0;
        long nextLsn = index.end().nextLsn();
        while (first + 1 < generations.size() && generations.get(first + 1).firstLsn() < nextLsn) {
            first++;
        }
        for (int i = first; i < generations.size(); i++) {
            boolean last = i + 1 == generations.size();
            long bound = last ? Long.MAX_VALUE : generations.get(i + 1).firstLsn();
            MillraceException damage = scan(generations.get(i), index, bound);
            if (damage != null) {
                return damage;
            }
        }
        return null;
    }

    private @Nullable MillraceException scan(Generation generation, LogIndex index, long bound) throws IOException {
        if (!Files.isDirectory(generation.directory())) {
            return damaged(
                    index.end().nextLsn(), "is missing", generation.directory().toString(), 0, null);
        }
        GenerationScan scan = new GenerationScan(generation, index, schemaId);
        scan.run(bound);
        if (scan.lsn() < bound && (bound != Long.MAX_VALUE || scan.proofOfDamage() != null)) {
            scan.search(bound);
        }
        if (scan.lsn() == bound) {
            return null;
        }
        BlockSummary proof = scan.proofOfDamage();
        if (proof != null) {
            index.skipTo(proof);
        }
        if (proof != null || bound != Long.MAX_VALUE) {
            return damaged(scan.lsn(), "is missing, and was on disk", scan.place(), scan.position(), null);
        }
        if (scan.isTorn() || scan.unfinished() > 0) {
            LOG.warn(
                    "cut the tail of log \"{}\" at block {}: {} whole blocks of an append that did not end{}",
                    options.name(),
                    index.end().nextLsn(),
                    scan.unfinished(),
                    scan.isTorn() ? ", and a torn one" : "");
        }
        return null;
    }

    private BlockCursor open(Generation generation) {
        return new BlockCursor(generation, new byte[64 << 10]);
    }

    private MillraceException damaged(
            long lsn, String problem, String place, long position, @Nullable Throwable cause) {
        return Damage.of(options.name(), "block " + lsn + " " + problem, place, position, cause);
    }
}
