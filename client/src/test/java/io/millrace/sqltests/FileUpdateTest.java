package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sqltests.RecordOutcome.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileUpdateTest {
    private final FakeSession session = new FakeSession()
            .gives("ONE", "I", "1")
            .gives("NONE", "I")
            .gives("PAIRS", "IR", "1|0.5", "2|NULL")
            .gives("BLANK", "T", " ");

    @Test
    void onlyWrongRowsAreReplaced() throws Exception {
        assertUpdated(
                "# a\n\nquery I\nONE\n----\n2\n\n\n#  b\nquery IR\nPAIRS\n----\n1|0.5\n3|NULL\n\nquery I\nONE\n----\n1\n",
                "# a\n\nquery I\nONE\n----\n1\n\n\n#  b\nquery IR\nPAIRS\n----\n1|0.5\n2|NULL\n\nquery I\nONE\n----\n1\n");
    }

    @Test
    void theLayoutAndTheEndsOfLinesStay() throws Exception {
        assertUpdated(
                "query IR\r\nPAIRS\r\n----\r\n1\r\n0.600\r\n2\r\nNULL\r\n",
                "query IR\r\nPAIRS\r\n----\r\n1\r\n0.500\r\n2\r\nNULL\r\n");
        assertUpdated("query IR\nPAIRS\n----\n1\t5\n2\tNULL\n", "query IR\nPAIRS\n----\n1\t0.5\n2\tNULL\n");
    }

    @Test
    void aHashStaysAHash() throws Exception {
        String hash = ResultHash.of(List.of("1", "0.500", "2", "NULL")).toString();
        assertUpdated(
                "query IR\nPAIRS\n----\n4 values hashing to 00000000000000000000000000000000\n",
                "query IR\nPAIRS\n----\n" + hash + "\n");
    }

    @Test
    void missingRowsAreAdded() throws Exception {
        assertUpdated("query I\nONE", "query I\nONE\n----\n1");
        assertUpdated("query I\nONE\n\nquery I\nNONE\n", "query I\nONE\n----\n1\n\nquery I\nNONE\n");
        assertUpdated("query IR\nPAIRS\n----\n", "query IR\nPAIRS\n----\n1|0.5\n2|NULL\n");
    }

    @Test
    void rowsAreTakenAwayWhereNoneCome() throws Exception {
        assertUpdated("query I\nNONE\n----\n1\n\n# end\n", "query I\nNONE\n----\n\n# end\n");
    }

    @Test
    void whatALineCannotHoldStaysAFailure() throws Exception {
        String text = "query T\nBLANK\n----\nx\n";

        FileUpdate.Updated updated = update(text);

        assertThat(updated.text()).isEqualTo(text);
        assertThat(updated.outcomes()).extracting(RecordOutcome::kind).containsExactly(Kind.FAILED);
    }

    private void assertUpdated(String before, String after) throws Exception {
        FileUpdate.Updated updated = update(before);
        assertThat(updated.text()).isEqualTo(after);
        assertThat(updated.outcomes()).extracting(RecordOutcome::kind).isSubsetOf(Kind.OK, Kind.UPDATED);
        assertThat(update(after).text()).isEqualTo(after);
    }

    private FileUpdate.Updated update(String text) throws Exception {
        SqlFile file = new SqlFile("test.slt", text);
        FileReport report = new FileRunner(session, null, TestOptions.DEFAULT)
                .run("test.slt", SqlFileParser.parse(file), RecordChoice.ALL);
        return FileUpdate.of(file, report.outcomes());
    }
}
