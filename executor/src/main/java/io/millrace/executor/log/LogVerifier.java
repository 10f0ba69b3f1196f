package io.millrace.executor.log;

import io.millrace.executor.log.Manifest.GenerationStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a log that nobody has open: that every block which was on disk is there, whole, in its place. What the queue keeps
 * beside the blocks is not looked at, but for the headers that lead from one to the next: readers do without it.
 *
 * <p>A block was on disk if the manifest knows it, a later generation begins behind it, or a later block says so. Others may
 * be missing: they were never acknowledged.
 */
public final class LogVerifier {
    private final Path directory;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final BlockChain chain;

    private LogVerifier(Path directory, String object) {
        this.directory = directory;
        this.chain = new BlockChain(object, findings);
    }

    /** @param object what the log is, for findings */
    public static LogReport verify(Path directory, String object) throws IOException {
        return new LogVerifier(directory, object).verify();
    }

    private LogReport verify() throws IOException {
        if (!Files.isDirectory(directory)) {
            chain.report(directory, 0, "is not a directory");
            return new LogReport(directory, findings, notes, false, chain, List.of());
        }
        List<Integer> numbers = Generation.numbers(directory);
        Manifest manifest = manifest(numbers);
        boolean isManifestDamaged = !findings.isEmpty();
        List<GenerationStart> starts = manifest == null ? starts(numbers) : manifest.generations();
        if (manifest != null) {
            chain.start(manifest.index().start());
            chain.expect(manifest.schemaId(), manifest.index().end().nextLsn());
        } else if (!starts.isEmpty() && starts.get(0).firstLsn() > 0) {
            beginLate(starts.get(0));
        }
        for (int i = 0; i < starts.size(); i++) {
            boolean isLast = i + 1 == starts.size();
            boolean isClean = isLast && manifest != null && manifest.clean();
            long end = isLast ? Long.MAX_VALUE : starts.get(i + 1).firstLsn();
            walk(starts.get(i), isClean ? chain.known() : end);
        }
        chain.end(notes);
        return new LogReport(directory, findings, notes, isManifestDamaged, chain, starts);
    }

    /** Null when there is none that can be used. */
    private @Nullable Manifest manifest(List<Integer> numbers) throws IOException {
        Path file = directory.resolve(Manifest.FILE_NAME);
        if (!Files.exists(file)) {
            if (holdsBlocks(numbers)) {
                chain.report(file, 0, "its manifest is missing");
            }
            return null;
        }
        Manifest manifest = Manifest.read(directory);
        if (manifest == null) {
            chain.report(file, 0, "its manifest is damaged");
            return null;
        }
        Set<Integer> named = new HashSet<>();
        manifest.generations().forEach(start -> named.add(start.number()));
        int newest = named.stream().mapToInt(number -> number).max().orElse(0);
        List<Integer> later = numbers.stream().filter(number -> number > newest).toList();
        if (holdsBlocks(later)) {
            chain.report(file, 0, "its manifest is older than what it tells of");
            return null;
        }
        return manifest;
    }

    private boolean holdsBlocks(List<Integer> numbers) throws IOException {
        for (int number : numbers) {
            if (first(number) != null) {
                return true;
            }
        }
        return false;
    }

    /** The first block that can be found in a generation; null when there is none. */
    private @Nullable Long first(int number) throws IOException {
        for (Path file : generation(new GenerationStart(number, 0)).files()) {
            Long first = FoundBlocks.in(List.of(file), 0).ceiling(0);
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    private List<GenerationStart> starts(List<Integer> numbers) throws IOException {
        List<GenerationStart> starts = new ArrayList<>();
        for (int number : numbers) {
            Long first = first(number);
            if (first != null) {
                starts.add(new GenerationStart(number, first));
            }
        }
        return starts;
    }

    /** Without a manifest a log that has been trimmed looks like one that has lost its beginning. */
    private void beginLate(GenerationStart first) throws IOException {
        FoundBlocks found = FoundBlocks.in(generation(first).files(), 0);
        byte[] block = found.read(first.firstLsn());
        if (block != null) {
            chain.start(LogStart.at(block, LogStart.UNKNOWN));
            notes.add(directory + ": begins with block " + first.firstLsn()
                    + ": what was before has been trimmed, or is lost");
        }
    }

    private Generation generation(GenerationStart start) {
        return new Generation(directory, start, ChronicleStore.opener(() -> 0));
    }

    /** @param end the block before which the generation ends; Long.MAX_VALUE: that is not known */
    private void walk(GenerationStart start, long end) throws IOException {
        Generation generation = generation(start);
        chain.begin(start.number(), generation.directory());
        if (start.firstLsn() > chain.lsn()) {
            chain.skipTo(start.firstLsn(), generation.directory(), 0, "is in no generation");
        }
        long known = end == Long.MAX_VALUE ? chain.known() : end;
        if (!Files.isDirectory(generation.directory())) {
            if (chain.lsn() < known) {
                chain.skipTo(known, generation.directory(), 0, "is missing with its directory");
            }
            return;
        }
        Path place = generation.directory();
        long position = 0;
        String problem = QueueFile.MISSING;
        for (Path path : generation.files()) {
            if (chain.lsn() >= end) {
                return;
            }
            try (QueueFile file = new QueueFile(path)) {
                chain.beginFile();
                while (chain.lsn() < end && file.moveTo(chain.lsn()) && file.lsn() < end) {
                    chain.take(file);
                }
                place = path;
                position = file.gapAt();
                problem = file.problem();
            }
        }
        if (chain.lsn() < known) {
            chain.skipTo(known, place, position, problem);
        } else if (end == Long.MAX_VALUE && !problem.equals(QueueFile.MISSING)) {
            notes.add(directory + ": behind the last block is a torn one, which was never acknowledged, in " + place
                    + " at byte " + position);
        }
    }
}
