package io.millrace.sqltests.oracle;

import io.millrace.sqltests.oracle.generate.QueryGenerator;
import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.generate.TableGenerator;
import io.millrace.sqltests.oracle.query.Query;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Looks for queries to which an engine gives another answer than an oracle. */
final class Hunt {
    static final int QUERIES_PER_SEED = 50;
    private static final int DEPTHS = 4;
    private static final int SHRINKING_TRIES = 3_000;
    private static final int SIGNATURE = 60;

    private final Engine engine;
    private final Engine oracle;
    private final Engine witness;
    private final Consumer<String> faults;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    private final Map<String, Integer> messages = new TreeMap<>();
    private List<SampleTable> loaded = List.of();

    /**
     * @param witness is heard about faults, for whoever reads of them, but decides nothing
     * @param faults is told each, made small
     */
    Hunt(Engine engine, Engine oracle, Engine witness, Consumer<String> faults) {
        this.engine = engine;
        this.oracle = oracle;
        this.witness = witness;
        this.faults = faults;
    }

    /** Tables and {@link #QUERIES_PER_SEED} queries over them, simple ones first. */
    void run(long seed) {
        Random random = new Random(seed);
        List<SampleTable> tables = new TableGenerator(random).tables();
        for (int number = 0; number < QUERIES_PER_SEED; number++) {
            Query query = new QueryGenerator(random, tables).query(number * DEPTHS / QUERIES_PER_SEED);
            Case one = new Case(tables, query);
            load(tables);
            Answer answer = engine.answer(query);
            Verdict verdict = Verdict.of(query, answer, oracle.answer(query));
            counts.merge(verdict, 1, Integer::sum);
            if (answer.hasFailed()) {
                messages.merge(verdict + " " + answer.plainMessage(), 1, Integer::sum);
            }
            if (verdict.isFault()) {
                faults.accept("seed " + seed + ", query " + number + ": " + report(one, verdict));
            }
        }
    }

    private void load(List<SampleTable> tables) {
        if (!tables.equals(loaded)) {
            engine.load(tables);
            oracle.load(tables);
            loaded = tables;
        }
    }

    private String report(Case found, Verdict verdict) {
        String fault = fault(found);
        Case small = new Shrinker(smaller -> fault(smaller).equals(fault), SHRINKING_TRIES).shrink(found);
        load(small.tables());
        witness.load(small.tables());
        StringBuilder report = new StringBuilder(verdict + "\n" + small.script());
        for (Engine one : List.of(engine, oracle, witness)) {
            report.append(one.name())
                    .append(": ")
                    .append(one.answer(small.query()))
                    .append('\n');
        }
        return report.toString();
    }

    /** Tells one internal error from another. */
    private String fault(Case one) {
        load(one.tables());
        Answer answer = engine.answer(one.query());
        Verdict verdict = Verdict.of(one.query(), answer, oracle.answer(one.query()));
        if (verdict != Verdict.INTERNAL_ERROR) {
            return verdict.name();
        }
        String message = answer.plainMessage().replaceAll("\\d", "");
        return message.substring(0, Math.min(SIGNATURE, message.length()));
    }

    /** Of all cases. */
    double percent(Verdict verdict) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        return 100.0 * counts.getOrDefault(verdict, 0) / Math.max(1, all);
    }

    Map<Verdict, Integer> counts() {
        return counts;
    }

    /** What the engine said when it failed, and how often. */
    Map<String, Integer> messages() {
        return messages;
    }
}
