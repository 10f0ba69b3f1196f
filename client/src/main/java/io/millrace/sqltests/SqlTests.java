package io.millrace.sqltests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Runs SQL files, each on a database of its own. */
public final class SqlTests {
    private final TestOptions options;
    private final Databases databases;

    /** Makes an empty database for each file. */
    public interface Databases {
        /** Whether their clock stands still until it is moved. */
        boolean haveManualClock();

        TestDatabase open() throws IOException, SQLException;
    }

    public SqlTests(TestOptions options, Databases databases) {
        this.options = options;
        this.databases = databases;
    }

    /** True if nothing failed; prints as it goes. */
    public boolean run(List<TestFile> files, ReportPrinter printer)
            throws IOException, SQLException, InterruptedException {
        for (TestFile file : files) {
            printer.print(run(file));
        }
        return printer.summary();
    }

    FileReport run(TestFile chosen) throws IOException, SQLException, InterruptedException {
        String name = chosen.path().toString();
        try {
            SqlFile file = SqlFile.read(chosen.path());
            List<SqlRecord> records = SqlFileParser.parse(file);
            if (records.stream().allMatch(record -> record.keyword().isControl())) {
                throw new MalformedFileException(1, "the file has no records");
            }
            for (SqlRecord record : records) {
                if (record.keyword().movesTime() && !databases.haveManualClock()) {
                    return FileReport.skipped(
                            name,
                            "line " + record.line() + " moves time, which only a server started for the file allows");
                }
            }
            RecordChoice choice = chosen.line() == 0 ? RecordChoice.ALL : RecordChoice.ofLine(records, chosen.line());
            FileReport report = run(name, records, choice);
            return options.updates() ? update(chosen.path(), file, report) : report;
        } catch (MalformedFileException malformed) {
            return FileReport.notRun(name, malformed);
        }
    }

    private FileReport run(String name, List<SqlRecord> records, RecordChoice choice)
            throws IOException, SQLException, InterruptedException {
        try (TestDatabase database = databases.open();
                SqlSession session = new JdbcSession(database.url(), options.timeout())) {
            return new FileRunner(session, database.clock(), options).run(name, records, choice);
        }
    }

    private static FileReport update(Path path, SqlFile file, FileReport report) throws IOException {
        FileUpdate.Updated updated = FileUpdate.of(file, report.outcomes());
        if (!updated.text().equals(file.text())) {
            Files.write(path, updated.text().getBytes(StandardCharsets.UTF_8));
        }
        return report.withOutcomes(updated.outcomes());
    }
}
