package io.millrace.sqltests;

import java.util.List;

/** Which records of a file are run: all, or one with what it depends on. */
final class RecordChoice {
    static final RecordChoice ALL = new RecordChoice(Integer.MAX_VALUE);

    private final int target;

    private RecordChoice(int target) {
        this.target = target;
    }

    /** The record of this line, and before it those that do more than read. */
    static RecordChoice ofLine(List<SqlRecord> records, int line) {
        for (SqlRecord record : records) {
            if (record.line() <= line && line <= record.lastLine()) {
                return new RecordChoice(record.line());
            }
        }
        throw new MalformedFileException(line, "there is no record in this line");
    }

    boolean runs(SqlRecord record) {
        return target == Integer.MAX_VALUE
                || record.line() == target
                || (record.line() < target && !record.keyword().onlyReads());
    }

    boolean reports(SqlRecord record) {
        return target == Integer.MAX_VALUE || record.line() == target;
    }
}
