package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damages a log at random places; rounds by the property millrace.damage.rounds. */
@Timeout(600)
class LogDamageTest {
    private static final int ROUNDS = Integer.getInteger("millrace.damage.rounds", 250);
    private static final int ROWS = 40 * 60;

    @TempDir
    Path directory;

    private final LogFixture.TestClock clock = new LogFixture.TestClock();
    private int detected;
    private int cut;

    @Test
    void is_always_noticed_in_a_log_that_was_closed() throws IOException {
        LogImage image = image(true);
        forEachRound(image, (rows, failure) -> {
            if (failure == null) {
                assertThat(rows).hasSize(ROWS);
            }
        });
        assertThat(cut).isZero();
    }

    @Test
    void is_noticed_or_cut_off_in_a_log_that_was_not_closed() throws IOException {
        LogImage image = image(false);
        forEachRound(image, (rows, failure) -> {});
    }

    @Test
    void of_the_tail_of_one_unfinished_append_is_cut_and_the_log_goes_on() throws IOException {
        Path log = directory.resolve("tail");
        LogFixture.TestDisk disk = new LogFixture.TestDisk();
        List<LogImage> images = new ArrayList<>();
        try (ChronicleLog open = ChronicleLog.open(log, LogFixture.options(clock), disk)) {
            open.append(numbered(0, 100), 100, null).join();
            disk.afterBlock = lsn -> {
                try {
                    images.add(LogImage.of(log));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            };
            open.append(numbered(100, 20_000), 20_000, null).join();
        }
        assertThat(images).hasSize(5);
        for (int i = 0; i < 5; i++) {
            Path copy = directory.resolve("copy" + i);
            images.get(i).restore(copy);
            int rows = i == 4 ? 20_100 : 100; // the last block ends the append
            for (int open = 0; open < 2; open++) {
                try (ChronicleLog again = ChronicleLog.open(copy, LogFixture.options(clock))) {
                    assertThat(LogFixture.readAll(again)).isEqualTo(expected(rows + open * 5));
                    again.append(numbered(rows + open * 5L, 5), 5, null).join();
                    assertThat(LogFixture.readAll(again)).isEqualTo(expected(rows + open * 5 + 5));
                }
            }
        }
    }

    @Test
    void stops_only_appends_and_is_named() throws IOException {
        image(true).restore(directory.resolve("named"));
        Path file = LogFixtureFiles.queueFiles(directory.resolve("named")).get(1);
        try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
            truncated.setLength(0);
        }
        try (ChronicleLog log = ChronicleLog.open(directory.resolve("named"), LogFixture.options(clock))) {
            assertThat(log.end().rowCount()).isEqualTo(ROWS);
            assertThatThrownBy(() -> log.append(numbered(0, 1), 1, null).join())
                    .hasMessageContaining("the log of stream \"words\" is damaged: block 39")
                    .hasMessageContaining("generation-000002");
            List<String> rows = new ArrayList<>();
            try (LogReader reader = log.reader(0)) {
                assertThatThrownBy(() -> LogFixture.readRest(reader, rows))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
            }
            assertThat(rows).isEqualTo(expected(ROWS / 2));
        }
    }

    /** Two generations of twenty blocks of sixty rows. */
    private LogImage image(boolean clean) throws IOException {
        Path log = directory.resolve("original" + clean);
        append(log, 0, clean, false);
        return append(log, ROWS / 2, clean, true);
    }

    private LogImage append(Path log, int from, boolean clean, boolean last) throws IOException {
        LogImage image;
        try (ChronicleLog open = ChronicleLog.open(log, LogFixture.options(clock))) {
            for (int block = 0; block < 20; block++) {
                open.append(numbered(from + block * 60L, 60), 60, null).join();
            }
            image = LogImage.of(log);
        }
        return clean && last ? LogImage.of(log) : image;
    }

    private interface Check {
        void accept(List<String> rows, MillraceException failure);
    }

    private void forEachRound(LogImage image, Check check) throws IOException {
        long seed = Long.getLong("millrace.seed", new Random().nextLong());
        Random random = new Random(seed);
        List<String> all = expected(ROWS);
        for (int round = 0; round < ROUNDS; round++) {
            Path copy = directory.resolve("copy");
            image.restore(copy);
            String damage = damage(copy, image, random);
            List<String> rows = new ArrayList<>();
            MillraceException failure = read(copy, rows);
            String what = "seed " + seed + " round " + round + ": " + damage + ": " + failure;
            assertThat(rows.size()).as(what).isLessThanOrEqualTo(ROWS);
            assertThat(rows).as(what).isEqualTo(all.subList(0, rows.size()));
            try {
                check.accept(rows, failure);
            } catch (AssertionError e) {
                throw new AssertionError(what, e);
            }
            if (failure != null) {
                assertThat(failure.code()).as(what).isEqualTo(ErrorCode.DATA_CORRUPTED);
                detected++;
            } else if (rows.size() < ROWS) {
                cut++;
            }
            LogFixtureFiles.delete(copy);
        }
        System.out.println("seed " + seed + ": of " + ROUNDS + " damages " + detected + " were noticed, " + cut
                + " cut off, the others did not matter");
    }

    private MillraceException read(Path copy, List<String> rows) {
        try (ChronicleLog log = ChronicleLog.open(copy, LogFixture.options(clock));
                LogReader reader = log.reader(0)) {
            LogFixture.readRest(reader, rows);
            return null;
        } catch (MillraceException e) {
            return e;
        }
    }

    private static String damage(Path copy, LogImage image, Random random) throws IOException {
        List<Path> files = new ArrayList<>(LogFixtureFiles.queueFiles(copy));
        if (random.nextInt(10) == 0) {
            files = List.of(copy.resolve(Manifest.FILE_NAME));
        }
        Path file = files.get(random.nextInt(files.size()));
        int used = image.files().get(copy.relativize(file).toString()).used().length;
        int at = random.nextInt(used);
        if (random.nextInt(3) > 0 && file.toString().endsWith(".cq4")) {
            at = used - 1 - random.nextInt(Math.min(used, 20 * 700)); // most of a small file is index, so aim at blocks
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            int kind = random.nextInt(3);
            if (kind == 0) {
                bytes.setLength(at);
                return "cut " + file + " at " + at;
            }
            if (kind == 1) {
                bytes.seek(at & ~4095);
                bytes.write(new byte[4096]);
                return "zeroed a page of " + file + " at " + at;
            }
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            int bit = random.nextInt(8);
            bytes.write(value ^ 1 << bit);
            return "flipped bit " + bit + " of " + file + " at " + at;
        }
    }
}
