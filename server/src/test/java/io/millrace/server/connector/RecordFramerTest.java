package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordFramerTest {
    @Test
    void linesEndAtALineFeedAndACarriageReturnBeforeItIsNotPartOfThem() throws IOException {
        assertThat(lines("one\ntwo\r\n\nthree\r\n", false, 64)).containsExactly("1:one", "2:two", "3:", "4:three");
    }

    @Test
    void theLastLineCountsWithoutALineFeed() throws IOException {
        assertThat(lines("one\ntwo", false, 64)).containsExactly("1:one", "2:two");
    }

    @Test
    void nothingGivesNoLine() throws IOException {
        assertThat(lines("", false, 64)).isEmpty();
    }

    @Test
    void aLineFeedBetweenQuotesBelongsToTheRecordWhereTheFormatSaysSo() throws IOException {
        String text = "a,\"b\nc\"\nd,\"e \"\"f\"\"\n\"\n";
        assertThat(lines(text, true, 64)).containsExactly("1:a,\"b\nc\"", "3:d,\"e \"\"f\"\"\n\"");
        assertThat(lines(text, false, 64)).hasSize(4);
    }

    @Test
    void aQuoteInsideAFieldIsAnOrdinaryCharacter() throws IOException {
        assertThat(lines("5\" disk,1\nnext,2\n", true, 64)).containsExactly("1:5\" disk,1", "2:next,2");
    }

    @Test
    void aQuoteThatIsNeverClosedCostsItsLineAndNoMore() throws IOException {
        String rest = "a,b\n".repeat(RecordFramer.MAX_RECORD / 4 + 10);
        List<String> lines = lines("x,\"open\n" + rest, true, 10_000);
        assertThat(lines.subList(0, 3)).containsExactly("1:x,\"open", "2:a,b", "3:a,b");
        assertThat(lines).hasSize(1 + RecordFramer.MAX_RECORD / 4 + 10);
    }

    @Test
    void linesAreTheSameHoweverTheBytesArrive() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int line = 1; line <= 2_000; line++) {
            String word = "x".repeat(random.nextInt(300));
            text.append(word).append('\n');
            expected.add(line + ":" + word);
        }
        assertThat(lines(text.toString(), false, 1 + random.nextInt(1_000)))
                .as("seed %d", seed)
                .isEqualTo(expected);
    }

    @Test
    void ofALineOverTheLimitTheBeginningIsKeptAndTheNextLineIsWhole() throws IOException {
        int length = 3 * RecordFramer.MAX_RECORD + 17;
        RecordFramer framer = framer("first\n" + "y".repeat(length) + "\nlast\n", false, 10_000);
        List<String> seen = new ArrayList<>();
        while (framer.read()) {
            while (framer.next()) {
                seen.add(framer.line() + ":" + (framer.to() - framer.from()) + ":" + framer.excess());
            }
        }
        assertThat(seen)
                .containsExactly(
                        "1:5:null",
                        "2:" + RecordFramer.MAX_RECORD + ":the line has " + length
                                + " bytes, more than the limit of 1048576",
                        "3:4:null");
    }

    @Test
    void aLineOfJustTheLimitIsWhole() throws IOException {
        assertThat(lines("z".repeat(RecordFramer.MAX_RECORD) + "\r\nnext\n", false, 10_000)
                        .get(0))
                .hasSize(RecordFramer.MAX_RECORD + 2);
    }

    private static List<String> lines(String text, boolean quoted, int mostBytesARead) throws IOException {
        RecordFramer framer = framer(text, quoted, mostBytesARead);
        List<String> lines = new ArrayList<>();
        while (framer.read()) {
            while (framer.next()) {
                assertThat(framer.excess()).isNull();
                lines.add(framer.line() + ":"
                        + new String(
                                framer.buffer(), framer.from(), framer.to() - framer.from(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    @Test
    void whatNoLineFeedEndsIsNoRecordIfThatMayBeHalfOfOne() throws Exception {
        InputStream input = new ByteArrayInputStream("one\ntw".getBytes(StandardCharsets.UTF_8));
        RecordFramer framer = new RecordFramer(input, RecordFramer.NO_QUOTES, false);
        int records = 0;
        while (framer.read()) {
            while (framer.next()) {
                records++;
            }
        }
        assertThat(records).isEqualTo(1);
    }

    private static RecordFramer framer(String text, boolean quoted, int mostBytesARead) {
        InputStream input = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, mostBytesARead));
            }
        };
        return new RecordFramer(input, quoted ? ',' : RecordFramer.NO_QUOTES);
    }
}
