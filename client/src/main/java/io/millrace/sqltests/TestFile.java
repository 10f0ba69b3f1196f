package io.millrace.sqltests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file to be run.
 *
 * @param line of the one record to be run; 0 for all
 */
public record TestFile(Path path, int line) {
    private static final Pattern WITH_LINE = Pattern.compile("(.+):(\\d{1,9})");
    private static final List<String> ENDINGS = List.of(".slt", ".test");

    /** Files by their name, {@code file:line}, or the {@code .slt} and {@code .test} files below a directory. */
    public static List<TestFile> find(List<String> arguments) throws IOException {
        List<TestFile> files = new ArrayList<>();
        for (String argument : arguments) {
            Path path = Path.of(argument);
            Matcher withLine = WITH_LINE.matcher(argument);
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else if (Files.exists(path)) {
                files.add(new TestFile(path, 0));
            } else if (withLine.matches() && Files.exists(Path.of(withLine.group(1)))) {
                files.add(new TestFile(Path.of(withLine.group(1)), Integer.parseInt(withLine.group(2))));
            } else {
                throw new NoSuchFileException(argument, null, "there is no such file or directory");
            }
        }
        return files;
    }

    private static List<TestFile> below(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<TestFile> files = paths.filter(Files::isRegularFile)
                    .filter(path -> ENDINGS.stream()
                            .anyMatch(ending -> path.getFileName().toString().endsWith(ending)))
                    .sorted()
                    .map(path -> new TestFile(path, 0))
                    .toList();
            if (files.isEmpty()) {
                throw new NoSuchFileException(directory.toString(), null, "there is no .slt or .test file below it");
            }
            return files;
        }
    }
}
