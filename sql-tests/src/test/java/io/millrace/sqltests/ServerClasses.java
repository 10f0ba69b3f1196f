package io.millrace.sqltests;

import io.millrace.server.ServerMain;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The classes of servers that are started as processes. They are many, and most of a start is loading them: where they all
 * come from jars, an archive of them is made once, from which a start takes two thirds of the time.
 */
final class ServerClasses {
    private static final Path ARCHIVE =
            Path.of("target", "server-classes-" + Runtime.version().feature() + ".jsa");

    private static List<String> flags;

    private ServerClasses() {}

    /** The flags of a process that runs a server. */
    static synchronized List<String> flags() throws IOException {
        if (flags == null) {
            List<String> path = path();
            List<String> all = new ArrayList<>(opened());
            if (path.stream().noneMatch(entry -> Files.isDirectory(Path.of(entry)))) {
                all.addAll(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive(path)));
            }
            all.addAll(classPath(path));
            flags = List.copyOf(all);
        }
        return flags;
    }

    /** What this process may reach of the JDK, servers must, too. */
    private static List<String> opened() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag ->
                        flag.startsWith("--add-") || flag.startsWith("--sun-misc") || flag.startsWith("--enable"))
                .toList();
    }

    /** Without the tests' own classes. */
    private static List<String> path() {
        String own = Path.of("target").toAbsolutePath().toString();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.startsWith(own) && Files.exists(Path.of(entry)))
                .toList();
    }

    private static List<String> classPath(List<String> path) {
        return List.of("-cp", String.join(File.pathSeparator, path));
    }

    /** Of an earlier build it would not fit, and would be ignored. */
    private static Path archive(List<String> path) throws IOException {
        Path made = Files.createTempFile(Path.of("target"), "server-classes", ".jsa");
        Files.delete(made);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:ArchiveClassesAtExit=" + made);
        command.addAll(opened());
        command.addAll(classPath(path));
        command.addAll(List.of(ServerMain.class.getName(), "demo", "--seconds", "3"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(made)) {
            Files.move(made, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
        }
        return ARCHIVE;
    }
}
