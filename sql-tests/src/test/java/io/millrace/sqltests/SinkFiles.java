package io.millrace.sqltests;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what sinks have written. */
final class SinkFiles {
    private static final Pattern NAME = Pattern.compile("(.+)-(\\d{19})-(\\d{19})\\.(csv|json)");
    private static final long DEADLINE_SECONDS = 180;

    private SinkFiles() {}

    /** A file of the positions from {@code first} to {@code last}. */
    record SinkFile(Path path, long first, long last) {
        /** Its records, the header among them. */
        List<List<String>> records() throws IOException {
            try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(path)) {
                return reader.stream().map(CsvRecord::getFields).toList();
            }
        }
    }

    /** The files of a directory that are ended, in the order of their positions. */
    static List<SinkFile> of(Path directory) throws IOException {
        List<SinkFile> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new SinkFile(file, Long.parseLong(name.group(2)), Long.parseLong(name.group(3))));
                }
            }
        }
        return found;
    }

    /** The rows of files of CSV with a header. */
    static List<List<String>> rows(List<SinkFile> files) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (SinkFile file : files) {
            List<List<String>> records = file.records();
            rows.addAll(records.subList(1, records.size()));
        }
        return rows;
    }

    /** Waits until a query of one row says true. */
    static void await(Statement statement, String condition) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        CountDownLatch never = new CountDownLatch(1);
        while (!Rows.of(statement, condition).equals(List.of("true"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(condition + " is not so: " + Rows.of(statement, "SHOW SINKS"));
            }
            never.await(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until a sink has written all up to a position. */
    static void awaitPosition(Statement statement, String sink, long position)
            throws SQLException, InterruptedException {
        await(
                statement,
                "SELECT COUNT(*) = 1 FROM sys.sinks WHERE name = '" + sink + "' AND last_position >= " + position);
    }
}
