package io.millrace.sqltests;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The classes of servers that are started as processes. They are many, and most of a start is loading them: where they all
 * come from jars, an archive is made once of what one that recovers and serves has loaded.
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
        Path data = Files.createTempDirectory(Path.of("target"), "server-classes");
        try {
            CrashJournal journal = new CrashJournal(1);
            run(path, List.of(), data, journal);
            run(path, List.of("-XX:ArchiveClassesAtExit=" + made), data, journal);
        } catch (SQLException failure) {
            throw new IOException("a server does not do what it is to load its classes for", failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(data);
        if (Files.exists(made)) {
            Files.move(made, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
        }
        return ARCHIVE;
    }

    /** The second time it recovers what the first time has left, and ends well. */
    private static void run(List<String> path, List<String> more, Path data, CrashJournal journal)
            throws IOException, SQLException, InterruptedException {
        boolean isFirst = journal.writes() == 0;
        List<String> flags = new ArrayList<>(more);
        flags.addAll(opened());
        flags.addAll(classPath(path));
        String files = "connector.file.roots=" + data.toAbsolutePath();
        try (ServerProcess server =
                ServerProcess.start(ServerProcess.launch(data, flags), "checkpoint.interval=100ms", files)) {
            try (Connection connection = DriverManager.getConnection(server.url());
                    Statement statement = connection.createStatement()) {
                if (isFirst) {
                    CrashJournal.createAll(statement);
                    CrashSinks.createAll(statement);
                }
                long before = KilledServer.position(statement);
                journal.write(connection, new CountDownLatch(1), 100);
                long after = KilledServer.position(statement);
                for (String view : CrashJournal.VIEWS.keySet()) {
                    Rows.of(statement, "SELECT * FROM " + view);
                    ChangesReader.changes(statement, view, before, after);
                }
            }
            if (isFirst) {
                server.kill();
            } else {
                server.terminate();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
