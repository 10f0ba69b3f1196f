package io.millrace.sqltests;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a record.
 *
 * @param detail why it failed or was refused
 * @param corrected the lines that would be right below {@code ----}; null when nothing can be corrected
 */
record RecordOutcome(
        SqlRecord record,
        Kind kind,
        String detail,
        @Nullable List<String> corrected) {
    enum Kind {
        OK,
        /** It had failed, and the file has been corrected. */
        UPDATED,
        SKIPPED,
        /** The server said that it does not support this: SQLSTATE 0A000. */
        REFUSED,
        FAILED
    }

    static RecordOutcome of(SqlRecord record, Kind kind, String detail) {
        return new RecordOutcome(record, kind, detail, null);
    }

    RecordOutcome updated() {
        return new RecordOutcome(record, Kind.UPDATED, detail, corrected);
    }
}
