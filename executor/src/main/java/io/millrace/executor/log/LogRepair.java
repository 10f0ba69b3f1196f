package io.millrace.executor.log;

import io.millrace.executor.log.Manifest.GenerationStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes a damaged log end before the damage, or gives it the manifest that its blocks tell of; nothing is deleted. */
public final class LogRepair {
    private static final int PAGE_BYTES = 4096;

    private final LogReport report;
    private final UnaryOperator<Path> keptAt;

    private LogRepair(LogReport report, UnaryOperator<Path> keptAt) {
        this.report = report;
        this.keptAt = keptAt;
    }

    /**
     * @param report of a log that nobody has opened since
     * @param keptAt where a file or directory is moved to
     */
    public static void repair(LogReport report, UnaryOperator<Path> keptAt) throws IOException {
        new LogRepair(report, keptAt).repair();
    }

    private void repair() throws IOException {
        Path directory = report.directory();
        if (!Files.isDirectory(directory)) {
            move(directory);
            return;
        }
        List<GenerationStart> kept = report.generations();
        if (report.lacksBlocks()) {
            kept = cut();
        }
        Path manifest = directory.resolve(Manifest.FILE_NAME);
        if (Files.exists(manifest)) {
            move(manifest);
        }
        BlockChain chain = report.chain();
        new Manifest(true, chain.schemaId(), kept, chain.whole()).write(directory);
    }

    /** Returns the generations that are left. */
    private List<GenerationStart> cut() throws IOException {
        BlockChain.End end = report.chain().lastWhole();
        int last = end == null ? 0 : end.generation();
        Path directory = report.directory();
        for (int number : Generation.numbers(directory)) {
            Generation generation =
                    new Generation(directory, new GenerationStart(number, 0), ChronicleStore.opener(() -> 0));
            if (number > last) {
                move(generation.directory());
            } else if (end != null && number == last) {
                cut(generation, end);
            }
        }
        return report.generations().stream()
                .filter(start -> start.number() <= last)
                .toList();
    }

    private void cut(Generation generation, BlockChain.End end) throws IOException {
        for (Path file : generation.files()) {
            int order = file.compareTo(end.file());
            if (order > 0) {
                move(file);
            } else if (order == 0) {
                Path original = move(file);
                copyHead(original, file, end.position());
            }
        }
        Durable.force(generation.directory());
    }

    private Path move(Path from) throws IOException {
        Path to = keptAt.apply(from);
        Files.createDirectories(to.resolveSibling("."));
        Files.move(from, to);
        Durable.force(from.resolveSibling("."));
        return to;
    }

    /** Copies up to a position; what follows in a file of the same size was never written. */
    private static void copyHead(Path from, Path to, long bytes) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] page = new byte[PAGE_BYTES];
            for (long at = 0; at < bytes; at += PAGE_BYTES) {
                int length = FoundBlocks.read(source, at, page, (int) Math.min(PAGE_BYTES, bytes - at));
                if (!isEmpty(page, length)) {
                    write(target, ByteBuffer.wrap(page, 0, length), at);
                }
            }
            long size = Math.max(source.size(), bytes + PAGE_BYTES);
            write(target, ByteBuffer.wrap(new byte[] {0}), size - 1);
            target.force(true);
        }
    }

    private static void write(FileChannel target, ByteBuffer content, long at) throws IOException {
        long position = at;
        while (content.hasRemaining()) {
            position += target.write(content, position);
        }
    }

    private static boolean isEmpty(byte[] page, int length) {
        for (int i = 0; i < length; i++) {
            if (page[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
