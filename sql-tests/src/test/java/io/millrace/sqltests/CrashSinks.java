package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sinks of what a {@link CrashJournal} knows: their files, put together, have every change once. */
final class CrashSinks {
    private static final String ROWS = "written_events";
    private static final String CHANGES = "written_owners";

    private CrashSinks() {}

    static void createAll(Statement statement) throws SQLException {
        create(statement, ROWS, "", "SELECT id FROM events");
        create(statement, CHANGES, ", envelope = 'true'", "SELECT * FROM per_owner");
    }

    private static void create(Statement statement, String name, String options, String query) throws SQLException {
        statement.execute("CREATE SINK " + name + " INTO (connector = 'file', path = '" + name
                + "', format = 'csv', roll_interval = '50ms'" + options + ") AS " + query);
    }

    /** Waits until all up to a position has been written, after which nothing has happened, and compares it. */
    static void check(Statement statement, Path files, CrashJournal journal, long last, String when) throws Exception {
        assertThat(written(statement, files, ROWS, last, when).stream().map(row -> row.get(0)))
                .as("%s, sink %s", when, ROWS)
                .containsExactlyElementsOf(journal.eventIds());
        Map<String, Integer> owners = new TreeMap<>();
        for (List<String> change : written(statement, files, CHANGES, last, when)) {
            String kind = change.get(2);
            int weight = kind.equals("-U") || kind.equals("-D") ? -1 : 1;
            owners.merge(
                    String.join("|", change.subList(3, change.size())),
                    weight,
                    (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
        }
        assertThat(owners).as("%s, sink %s", when, CHANGES).isEqualTo(journal.answers("per_owner"));
    }

    private static List<List<String>> written(Statement statement, Path files, String sink, long last, String when)
            throws Exception {
        SinkFiles.awaitPosition(statement, sink, last);
        List<SinkFiles.SinkFile> written = SinkFiles.of(files.resolve(sink));
        long next = 0;
        for (SinkFiles.SinkFile file : written) {
            assertThat(file.first()).as("%s, sink %s, %s", when, sink, file).isEqualTo(next);
            next = file.last() + 1;
        }
        return SinkFiles.rows(written);
    }
}
