package io.millrace.executor.log;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.jspecify.annotations.Nullable;

/** Follows the blocks of a log, and remembers what comes before the first that is missing. */
final class BlockChain {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final String object;
    private final List<Finding> findings;
    private LogIndex whole = new LogIndex();
    /** Blocks of an append whose end has not been seen. */
    private final List<BlockSummary> open = new ArrayList<>();
    /** Gaps of which it is not known whether what is missing was on disk. */
    private final List<Gap> gaps = new ArrayList<>();

    private @Nullable Integer schemaId;
    private long known;
    private long lsn;
    private long row;
    private long fileLsn;
    private long taken;
    private int generation;
    private boolean isBroken;
    private boolean isDamaged;
    private @Nullable End end;

    private record Gap(long lsn, Finding finding) {}

    /**
     * Where the last append ends that is whole, as are all before it.
     *
     * @param position behind its last block
     */
    record End(int generation, Path file, long position) {}

    BlockChain(String object, List<Finding> findings) {
        this.object = object;
        this.findings = findings;
    }

    void report(Path file, long offset, String problem) {
        findings.add(new Finding(object, file, offset, problem));
    }

    /** @param known the block below which all were on disk */
    void expect(int schema, long known) {
        this.schemaId = schema;
        this.known = known;
    }

    /** The log begins there. Before all else. */
    void start(LogStart start) {
        whole = LogIndex.from(start);
        lsn = start.lsn();
        row = start.row();
    }

    long known() {
        return known;
    }

    /** The block that comes next. */
    long lsn() {
        return lsn;
    }

    void begin(int number, Path directory) {
        generation = number;
        fileLsn = lsn;
    }

    void beginFile() {
        fileLsn = lsn;
    }

    /** Blocks that were on disk are not there. */
    void skipTo(long next, Path place, long position, String problem) {
        breakAt();
        isDamaged = true;
        report(place, position, missing(next) + problem);
        lsn = next;
        row = -1;
    }

    private String missing(long next) {
        return next == lsn + 1 ? "block " + lsn + " " : "blocks " + lsn + " to " + (next - 1) + ", of which the first ";
    }

    /** Takes a block that is whole and comes next, or later. */
    void take(QueueFile file) {
        byte[] block = file.block();
        if (BlockCodec.lsn(block) > lsn) {
            breakAt();
            String problem = missing(BlockCodec.lsn(block)) + file.problem();
            gaps.add(new Gap(lsn, new Finding(object, file.path(), file.gapAt(), problem)));
            lsn = BlockCodec.lsn(block);
            row = -1;
        }
        prove(Math.max(known, BlockCodec.durableLsn(block)));
        check(file, block);
        BlockSummary summary = BlockSummary.of(block, generation, index(file.path(), lsn - fileLsn));
        taken++;
        lsn++;
        row = summary.firstRow() + summary.rows();
        if (isBroken) {
            return;
        }
        open.add(summary);
        if (!summary.continues()) {
            open.forEach(whole::add);
            open.clear();
            end = new End(generation, file.path(), file.endOfBlock());
        }
    }

    private void check(QueueFile file, byte[] block) {
        Integer expected = schemaId;
        if (expected == null) {
            schemaId = BlockCodec.schemaId(block);
        } else if (BlockCodec.schemaId(block) != expected) {
            wrong(file, "has other columns");
        }
        if (row >= 0 && BlockCodec.firstRow(block) != row) {
            wrong(file, "begins at row " + BlockCodec.firstRow(block) + " instead of " + row);
        }
    }

    private void wrong(QueueFile file, String problem) {
        breakAt();
        isDamaged = true;
        report(file.path(), file.position(), "block " + lsn + " " + problem);
    }

    private void prove(long durable) {
        for (Gap gap : gaps) {
            if (gap.lsn() < durable) {
                isDamaged = true;
                findings.add(gap.finding());
            }
        }
        gaps.removeIf(gap -> gap.lsn() < durable);
    }

    private void breakAt() {
        isBroken = true;
        open.clear();
    }

    /** Where the queue has a document; what this is wrong about is found by searching. */
    static long index(Path file, long sequence) {
        String name = file.getFileName().toString();
        String day = name.substring(0, Math.min(8, name.length()));
        if (!day.matches("\\d{8}")) {
            return sequence;
        }
        int cycle = (int) LocalDate.parse(day, DAY.withLocale(Locale.ROOT)).toEpochDay();
        return LargeRollCycles.LARGE_DAILY.toIndex(cycle, sequence);
    }

    void end(List<String> notes) {
        prove(known);
        for (Gap gap : gaps) {
            notes.add(gap.finding() + "; it was never acknowledged");
        }
        if (!open.isEmpty()) {
            notes.add(object + ": ends with " + open.size() + " blocks of an append that did not end");
        }
    }

    /** Whether blocks are missing that were on disk. */
    boolean isDamaged() {
        return isDamaged;
    }

    /** How many blocks have the checksum that they should, before and behind damages. */
    long taken() {
        return taken;
    }

    @Nullable
    End lastWhole() {
        return end;
    }

    LogIndex whole() {
        return whole;
    }

    int schemaId() {
        Integer schema = schemaId;
        return schema == null ? 0 : schema;
    }
}
