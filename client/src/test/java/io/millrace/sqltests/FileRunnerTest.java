package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sqltests.RecordOutcome.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRunnerTest {
    private final FakeSession session = new FakeSession();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement error",
                "statement error 22012",
                "statement error 22012 by zero$",
                "statement error division",
                "query error (?i)DIVISION",
                "statement error 22012\n----\ndivision  by\nzero",
            })
    void anErrorIsRecognised(String heading) throws Exception {
        session.fails("SELECT 1/0", "22012", "line 1: division by zero");

        assertThat(kinds(record(heading))).containsExactly(Kind.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement ok",
                "statement error 22003",
                "statement error overflow",
                "statement error 22012 overflow",
                "statement error\n----\noverflow",
                "query I",
            })
    void anotherErrorIsAFailure(String heading) throws Exception {
        session.fails("SELECT 1/0", "22012", "line 1: division by zero");

        assertThat(kinds(record(heading))).containsExactly(Kind.FAILED);
    }

    @Test
    void successIsAFailureWhereAnErrorBelongs() throws Exception {
        FileReport report = run("statement error 42601 near\nSELECT 1\n");

        assertThat(report.outcomes().get(0).detail()).isEqualTo("it succeeded, but should fail with 42601");
    }

    @Test
    void theCountOfChangedRowsIsChecked() throws Exception {
        session.changes("INSERT", 2);

        assertThat(kinds("statement count 2\nINSERT\n\nstatement count 3\nINSERT\n"))
                .containsExactly(Kind.OK, Kind.FAILED);
    }

    @Test
    void whatIsNotSupportedIsCountedApart() throws Exception {
        session.fails("CREATE INDEX", "0A000", "CREATE INDEX is not supported")
                .fails("SELECT", "0A000", "that is not supported");

        assertThat(kinds("statement ok\nCREATE INDEX\n\nquery I\nSELECT\n\nstatement error 0A000\nSELECT\n"))
                .containsExactly(Kind.REFUSED, Kind.REFUSED, Kind.OK);
    }

    @Test
    void queriesWithTheSameLabelGiveTheSame() throws Exception {
        session.gives("A", "I", "1", "2").gives("B", "I", "2", "1").gives("C", "I", "1", "3");

        FileReport report = run("""
                query I rowsort same
                A
                ----
                1
                2

                query I rowsort same
                B
                ----
                1
                2

                query I rowsort same
                C
                ----
                1
                3

                onlyif sqlite
                query I rowsort same
                D
                ----
                2 values hashing to 00000000000000000000000000000000
                """);

        assertThat(report.outcomes())
                .extracting(RecordOutcome::kind)
                .containsExactly(Kind.OK, Kind.OK, Kind.FAILED, Kind.FAILED);
        assertThat(report.outcomes().get(2).detail()).contains("label \"same\" in line 1");
        assertThat(session.asked).containsExactly("A", "B", "C");
    }

    @Test
    void haltEndsTheFileUnlessItIsForOthers() throws Exception {
        assertThat(kinds("onlyif mssql\nhalt\n\nstatement ok\nA\n\nhalt\n\nstatement ok\nB\n"))
                .containsExactly(Kind.OK);
    }

    @Test
    void controlRecordsHoldForWhatFollows() throws Exception {
        session.gives("A", "I", "2", "1").gives("B", "R", "0.5");

        assertThat(kinds("""
                        control sortmode rowsort

                        query I
                        A
                        ----
                        1
                        2

                        control resultmode valuewise

                        query R
                        B
                        ----
                        0.5
                        """)).containsExactly(Kind.OK, Kind.FAILED);
    }

    @Test
    void aLostConnectionEndsTheFile() throws Exception {
        session.fails("A", "08006", "connection to the server was lost");

        FileReport report = run("statement ok\nA\n\nstatement ok\nB\n");

        assertThat(report.problem()).hasMessage("08006: connection to the server was lost");
        assertThat(session.asked).containsExactly("A");
    }

    @Test
    void timeIsOnlyMovedWhereItCanBe() throws Exception {
        FileReport report = run("advance clock 10s\n");

        assertThat(report.problem()).hasMessage("the time of this server cannot be moved");
    }

    @Test
    void oneRecordIsRunWithTheStatementsBeforeIt() throws Exception {
        session.gives("C", "I", "1");
        List<SqlRecord> records = SqlFileParser.parse(
                new SqlFile("test.slt", "statement ok\nA\n\nquery I\nB\n\nquery I\nC\n----\n1\n\nstatement ok\nD\n"));

        FileReport report = runner().run("test.slt", records, RecordChoice.ofLine(records, 9));

        assertThat(session.asked).containsExactly("A", "C");
        assertThat(report.outcomes()).extracting(RecordOutcome::kind).containsExactly(Kind.OK);
    }

    private static String record(String heading) {
        String[] parts = heading.split("\n", 2);
        return parts[0] + "\nSELECT 1/0\n" + (parts.length > 1 ? parts[1] : "");
    }

    private List<Kind> kinds(String text) throws Exception {
        return run(text).outcomes().stream().map(RecordOutcome::kind).toList();
    }

    private FileReport run(String text) throws Exception {
        return runner().run("test.slt", SqlFileParser.parse(new SqlFile("test.slt", text)), RecordChoice.ALL);
    }

    private FileRunner runner() {
        return new FileRunner(session, null, TestOptions.DEFAULT);
    }
}
