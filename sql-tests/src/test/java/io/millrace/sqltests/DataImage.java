package io.millrace.sqltests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a data directory as they are at some moment, without the empty part of the sparse ones. */
record DataImage(Map<String, Content> files) {
    private static final int BLOCK_MAGIC = 'M' | 'R' << 8 | 'B' << 16 | '1' << 24;

    /** The bytes up to the last that is not 0, the length, and which of the bytes hold data. */
    record Content(byte[] used, long length, List<Range> data) {}

    /** Bytes that hold data: those of one block, or a file whose every byte counts. */
    record Range(int from, int to) {}

    static DataImage of(Path directory) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                byte[] bytes = Files.readAllBytes(file);
                int used = bytes.length;
                while (used > 0 && bytes[used - 1] == 0) {
                    used--;
                }
                byte[] content = Arrays.copyOf(bytes, used);
                files.put(name, new Content(content, bytes.length, data(name, content)));
            }
        }
        return new DataImage(files);
    }

    private static List<Range> data(String name, byte[] bytes) {
        List<Range> data = new ArrayList<>();
        if (name.startsWith("checkpoints") || name.endsWith("manifest")) {
            data.add(new Range(0, bytes.length));
        } else if (name.endsWith(".cq4")) {
            for (int at = 4; at + 12 <= bytes.length; at += 4) {
                if (number(bytes, at) == BLOCK_MAGIC) {
                    int length = number(bytes, at + 8);
                    data.add(new Range(at, at + length));
                    at += (length + 3 & ~3) - 4;
                }
            }
        }
        return data;
    }

    private static int number(byte[] bytes, int at) {
        return bytes[at] & 0xFF
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24;
    }

    /** Writes all files into an empty directory. */
    void restore(Path directory) throws IOException {
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            try (RandomAccessFile out = new RandomAccessFile(target.toFile(), "rw")) {
                out.write(file.getValue().used());
                out.setLength(file.getValue().length());
            }
        }
    }

    /** Whether bytes that hold data are not as they were. */
    boolean isDataChanged(Path directory, String name) throws IOException {
        Content before = files.get(name);
        byte[] now = new byte[before.used().length];
        long size;
        try (RandomAccessFile in = new RandomAccessFile(directory.resolve(name).toFile(), "r")) {
            size = in.length();
            in.readFully(now, 0, (int) Math.min(size, now.length));
        }
        for (Range range : before.data()) {
            int to = Math.min(range.to(), now.length);
            if (range.to() > size || !Arrays.equals(before.used(), range.from(), to, now, range.from(), to)) {
                return true;
            }
        }
        return false;
    }

    static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
