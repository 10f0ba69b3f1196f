package io.millrace.sqltests;

import io.millrace.sqltests.RecordOutcome.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the records of one file, each whether or not those above it have failed. */
final class FileRunner {
    private static final String NOT_SUPPORTED = "0A000";
    private static final String CONNECTION_CLASS = "08";

    private final FileSettings settings;
    private final SqlSession session;
    private final StreamSteps steps;
    private final Map<String, Labelled> labels = new HashMap<>();
    private final List<RecordOutcome> outcomes = new ArrayList<>();

    /** The first result under a label. */
    private record Labelled(ResultHash hash, int line) {}

    FileRunner(SqlSession session, @Nullable TestClock clock, TestOptions options) {
        this.settings = new FileSettings(options.resultMode());
        this.session = session;
        this.steps = new StreamSteps(session, clock, options.updates());
    }

    /** @param choice which records to run */
    FileReport run(String name, List<SqlRecord> records, RecordChoice choice)
            throws SQLException, InterruptedException {
        long start = System.nanoTime();
        MalformedFileException problem = null;
        try (steps) {
            for (SqlRecord record : records) {
                if (record.keyword() == Keyword.HALT && !record.isSkipped()) {
                    break;
                }
                if (record.keyword().isControl()) {
                    settings.apply(record);
                } else if (choice.runs(record)) {
                    add(outcome(record), choice);
                }
            }
        } catch (MalformedFileException malformed) {
            problem = malformed;
        }
        return new FileReport(name, List.copyOf(outcomes), problem, null, Duration.ofNanos(System.nanoTime() - start));
    }

    private void add(RecordOutcome outcome, RecordChoice choice) {
        if (choice.reports(outcome.record()) || outcome.kind() == Kind.FAILED) {
            outcomes.add(outcome);
        }
    }

    private RecordOutcome outcome(SqlRecord record) throws InterruptedException {
        try {
            if (record.isSkipped()) {
                skip(record);
                return RecordOutcome.of(record, Kind.SKIPPED, "");
            }
            run(record);
            return RecordOutcome.of(record, Kind.OK, "");
        } catch (WrongResultException wrong) {
            return new RecordOutcome(record, Kind.FAILED, String.valueOf(wrong.getMessage()), wrong.corrected());
        } catch (SQLException failure) {
            return failed(record, failure);
        }
    }

    private static RecordOutcome failed(SqlRecord record, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith(CONNECTION_CLASS)) {
            throw new MalformedFileException(record.line(), state + ": " + failure.getMessage());
        }
        Kind kind = state.equals(NOT_SUPPORTED) ? Kind.REFUSED : Kind.FAILED;
        return RecordOutcome.of(record, kind, state + ": " + failure.getMessage());
    }

    private void run(SqlRecord record) throws SQLException, InterruptedException, WrongResultException {
        switch (record.keyword()) {
            case STATEMENT -> statement(record, ExpectedEnd.parse(record));
            case QUERY -> {
                if (record.arguments().startsWith("error")) {
                    statement(record, ExpectedEnd.parse(record));
                } else {
                    query(record);
                }
            }
            default -> steps.run(record);
        }
    }

    private void statement(SqlRecord record, ExpectedEnd end) throws SQLException, WrongResultException {
        long count;
        try {
            count = session.update(steps.withIds(record));
        } catch (SQLException failure) {
            if (!end.isError()) {
                throw failure;
            }
            end.checkError(failure, String.join("\n", record.results().lines()));
            return;
        }
        if (end.isError()) {
            throw new WrongResultException("it succeeded, but should fail with " + end);
        }
        end.checkCount(count);
    }

    private void query(SqlRecord record) throws SQLException, WrongResultException {
        QueryOptions options = QueryOptions.parse(record);
        ResultTable table = session.query(steps.withIds(record));
        ResultCheck check = new ResultCheck(settings, options, table);
        check.check(record.results().lines());
        if (options.label() != null) {
            checkLabel(record, options.label(), check.hash());
        }
    }

    /** A query that is not run still says what the others with its label must give. */
    private void skip(SqlRecord record) throws WrongResultException {
        if (record.keyword() != Keyword.QUERY || record.arguments().startsWith("error")) {
            return;
        }
        String label = QueryOptions.parse(record).label();
        ResultHash hash = ResultCheck.hashOf(record.results().lines());
        if (label != null && hash != null) {
            checkLabel(record, label, hash);
        }
    }

    private void checkLabel(SqlRecord record, String label, ResultHash hash) throws WrongResultException {
        Labelled first = labels.putIfAbsent(label, new Labelled(hash, record.line()));
        if (first != null && !first.hash().equals(hash)) {
            throw new WrongResultException("another result than that with label \"" + label + "\" in line "
                    + first.line() + "\n- " + first.hash() + "\n+ " + hash);
        }
    }
}
