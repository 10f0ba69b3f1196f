package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
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
    private final LongSupplier millis;
    private byte[] buffer = new byte[64 << 10];

    Recovery(Path directory, LogOptions options, LongSupplier millis) {
        this.directory = directory;
        this.options = options;
        this.schemaId = BlockEncoder.schemaId(options.columnTypes());
        this.millis = millis;
    }

    LogState recover() throws IOException {
        List<Integer> numbers = Generation.numbers(directory);
        Manifest manifest = null;
        if (Files.exists(directory.resolve(Manifest.FILE_NAME))) {
            manifest = Manifest.read(directory);
            if (manifest == null) {
                LOG.warn("the manifest of log \"{}\" is damaged; reading the whole log", options.name());
            }
        }
        if (manifest == null) {
            return recover(new Manifest(false, schemaId, starts(numbers), new LogIndex()));
        }
        if (manifest.schemaId() != schemaId) {
            throw MillraceException.internal("the log of \"" + options.name() + "\" was written with other columns");
        }
        return recover(manifest);
    }

    private LogState recover(Manifest manifest) throws IOException {
        List<Generation> generations = new ArrayList<>();
        manifest.generations().forEach(start -> generations.add(new Generation(directory, start, millis)));
        LogIndex index = manifest.index();
        MillraceException damage = verifyLast(generations, index);
        if (damage == null && !manifest.clean() && !generations.isEmpty()) {
            damage = scan(generations, index);
            if (damage == null) {
                Durable.forceAll(generations.get(generations.size() - 1).directory());
                new Manifest(true, schemaId, manifest.generations(), index).write(directory);
            }
        }
        LogState state = new LogState(index, generations, options.clock());
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
            Generation generation = new Generation(directory, new Manifest.GenerationStart(number, 0), millis);
            try (BlockCursor cursor = open(generation)) {
                cursor.moveToStart();
                if (cursor.next() == BlockCursor.Found.BLOCK) {
                    starts.add(new Manifest.GenerationStart(number, BlockCodec.lsn(cursor.block())));
                    continue;
                }
            }
            BlockSummary proof = TailSearch.find(generation.files(), 0, -1);
            if (proof != null) {
                throw damaged(
                        "the manifest and the first block of",
                        generation.directory().toString(),
                        0,
                        null);
            }
        }
        return starts;
    }

    private @Nullable MillraceException verifyLast(List<Generation> generations, LogIndex index) throws IOException {
        LogEnd end = index.end();
        if (end.nextLsn() == 0) {
            return null;
        }
        long lsn = end.nextLsn() - 1;
        int number = index.generation(lsn);
        for (Generation generation : generations) {
            if (generation.number() == number) {
                return verify(generation, index.documentIndex(lsn), lsn, end.rowCount());
            }
        }
        return damaged(lsn, "is in generation " + number + ", which the manifest does not name", directory.toString());
    }

    private @Nullable MillraceException verify(Generation generation, long document, long lsn, long rowCount)
            throws IOException {
        String place = generation.directory().toString();
        if (!Files.isDirectory(generation.directory())) {
            return damaged(lsn, "is missing", place);
        }
        try (BlockCursor cursor = open(generation)) {
            BlockCursor.Found found = cursor.moveTo(document) ? cursor.next() : BlockCursor.Found.NOTHING;
            if (found != BlockCursor.Found.BLOCK) {
                return damaged(lsn, cursor.problem(), place);
            }
            byte[] block = cursor.block();
            if (BlockCodec.lsn(block) != lsn || BlockCodec.firstRow(block) + BlockCodec.rowCount(block) != rowCount) {
                return damaged(lsn, "is not where it was", place);
            }
            return null;
        } catch (RuntimeException | InternalError | AssertionError e) {
            return damaged("block " + lsn + " of", place, 0, e);
        }
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
                    index.end().nextLsn(), "is missing", generation.directory().toString());
        }
        LogEnd start = index.end();
        List<BlockSummary> open = new ArrayList<>();
        long lsn = start.nextLsn();
        long row = start.rowCount();
        File file = null;
        long position = 0;
        boolean torn = false;
        try (BlockCursor cursor = open(generation)) {
            if (lsn > generation.firstLsn()) {
                cursor.moveTo(index.documentIndex(lsn - 1));
                cursor.next(); // verified before
                file = cursor.file();
                position = cursor.position() + BlockCodec.length(cursor.block());
            } else {
                cursor.moveToStart();
            }
            while (lsn < bound) {
                BlockCursor.Found found = cursor.next();
                if (found != BlockCursor.Found.BLOCK || !follows(cursor.block(), lsn, row)) {
                    torn = found != BlockCursor.Found.NOTHING;
                    break;
                }
                BlockSummary block = BlockSummary.of(cursor.block(), generation.number(), cursor.index());
                file = cursor.file();
                position = cursor.position() + block.bytes();
                lsn = block.lsn() + 1;
                row = block.firstRow() + block.rows();
                open.add(block);
                if (!block.continues()) {
                    open.forEach(index::add);
                    open.clear();
                }
            }
            buffer = cursor.block();
        } catch (RuntimeException | InternalError | AssertionError e) {
            LOG.warn("cannot read on in \"{}\"", generation.directory(), e);
            torn = true;
        }
        if (lsn == bound) {
            return null;
        }
        BlockSummary proof = TailSearch.find(filesFrom(generation, file), position, lsn);
        if (proof != null || bound != Long.MAX_VALUE) {
            if (proof != null) {
                index.skipTo(proof);
            }
            return damaged(
                    "block " + lsn + " of", file == null ? "" + generation.directory() : "" + file, position, null);
        }
        if (torn || !open.isEmpty()) {
            LOG.warn(
                    "cut the tail of log \"{}\" at block {}: {} whole blocks of an append that did not end{}",
                    options.name(),
                    index.end().nextLsn(),
                    open.size(),
                    torn ? ", and a torn one" : "");
        }
        return null;
    }

    private boolean follows(byte[] block, long lsn, long row) {
        return BlockCodec.lsn(block) == lsn
                && BlockCodec.firstRow(block) == row
                && BlockCodec.schemaId(block) == schemaId;
    }

    private static List<Path> filesFrom(Generation generation, @Nullable File file) throws IOException {
        List<Path> files = generation.files();
        if (file == null) {
            return files;
        }
        String name = file.getName();
        return files.stream()
                .filter(path -> path.getFileName().toString().compareTo(name) >= 0)
                .toList();
    }

    private BlockCursor open(Generation generation) {
        return new BlockCursor(generation, buffer);
    }

    private MillraceException damaged(long lsn, String problem, String place) {
        return Damage.of(options.name(), "block " + lsn + " " + problem, place, 0, null);
    }

    private MillraceException damaged(String what, String place, long position, @Nullable Throwable cause) {
        return Damage.of(options.name(), what + " the log cannot be read", place, position, cause);
    }
}
