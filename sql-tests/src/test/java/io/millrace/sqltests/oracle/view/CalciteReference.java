package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.Answer;
import io.millrace.sqltests.oracle.CalciteEngine;
import io.millrace.sqltests.oracle.Definition;
import io.millrace.sqltests.oracle.Millrace;
import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.Query;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Compares views with what another engine, Calcite's own, gives over the same rows, where it is known to be right. */
final class CalciteReference implements AutoCloseable {
    /** Doubles whose sums do not depend on the order of adding. */
    private static final double LARGEST = 1e6;

    /** Of the decimals in tables. */
    private static final int SCALE = 2;

    /** Why a view is not compared. */
    enum Skipped {
        /** Windows know late rows, and aggregates over all kinds of numbers are exact: Calcite has neither. */
        NOT_OF_KNOWN_PARTS,
        /** Nothing to compare. */
        OUT_OF_USE,
        /** Sums that depend on their order, NaN and infinities; decimals that are longer than those of tables. */
        HARD_NUMBERS,
        /** Calcite loses rows of a FULL JOIN without equalities. */
        FULL_JOIN("\\bFULL\\b"),
        /** It loses the total of no rows, and COUNT(DISTINCT) beside other aggregates is wrong. */
        GROUPING_SETS("\\b(ROLLUP|CUBE|GROUPING)\\b"),
        /** It cuts those of integers, and rounds those of decimals in its own way. */
        VARIANCES("\\b(AVG|VAR_POP|VAR_SAMP|STDDEV_POP|STDDEV_SAMP)\\b"),
        /** It fails to plan, to compile or to run it. */
        REFUSED,
        /** What SQL defines, computed part by part, is what the view has. */
        OUTVOTED;

        private final Pattern pattern;

        Skipped() {
            this(null);
        }

        Skipped(String pattern) {
            this.pattern = pattern == null ? null : Pattern.compile(pattern);
        }
    }

    private final int every;
    private final CalciteEngine calcite;
    private final Definition definition = new Definition();
    private final Map<Skipped, Integer> skipped = new EnumMap<>(Skipped.class);

    private int asked;
    private int compared;

    /** @param every how many views there are to one that is looked at */
    CalciteReference(int every) throws SQLException {
        this.every = every;
        calcite = new CalciteEngine();
    }

    /**
     * @param readable what views can read, by its name; without rows
     * @throws FaultFound when the view is not what Calcite, and the definition, say
     */
    void check(Step.ViewSpec view, Map<String, SampleTable> readable, Statement statement) {
        Skipped reason = knownReason(view);
        if (reason == null) {
            if (asked++ % every != 0) {
                return;
            }
            reason = compare(view, ((ViewQuery.Tree) view.query()).query(), readable, statement);
        }
        if (reason == null) {
            compared++;
        } else {
            skipped.merge(reason, 1, Integer::sum);
        }
    }

    private static Skipped knownReason(Step.ViewSpec view) {
        if (!(view.query() instanceof ViewQuery.Tree tree)) {
            return Skipped.NOT_OF_KNOWN_PARTS;
        }
        for (Skipped reason : Skipped.values()) {
            if (reason.pattern != null && reason.pattern.matcher(tree.sql()).find()) {
                return reason;
            }
        }
        return null;
    }

    private Skipped compare(Step.ViewSpec view, Query query, Map<String, SampleTable> readable, Statement statement) {
        List<SampleTable> tables = readable.values().stream()
                .filter(table -> Pattern.compile("\\b" + table.name() + "\\b")
                        .matcher(query.sql())
                        .find())
                .toList();
        Answer kept = Millrace.answer(statement, "SELECT * FROM " + view.name());
        List<Answer> rows = tables.stream()
                .map(table -> Millrace.answer(statement, "SELECT * FROM " + table.name()))
                .toList();
        if (kept.hasFailed() || rows.stream().anyMatch(Answer::hasFailed)) {
            return Skipped.OUT_OF_USE;
        }
        if (rows.stream().anyMatch(CalciteReference::hasHardNumbers)) {
            return Skipped.HARD_NUMBERS;
        }
        return compare(view, query, filled(tables, rows), kept);
    }

    private static List<SampleTable> filled(List<SampleTable> tables, List<Answer> rows) {
        return IntStream.range(0, tables.size())
                .mapToObj(i -> tables.get(i).withRows(rows.get(i).rows()))
                .toList();
    }

    private static boolean hasHardNumbers(Answer answer) {
        return answer.rows().stream()
                .flatMap(List::stream)
                .anyMatch(value ->
                        value instanceof Double real && !(Math.abs(real) < LARGEST && real * 2 == Math.rint(real * 2))
                                || value instanceof BigDecimal decimal && decimal.scale() > SCALE);
    }

    private Skipped compare(Step.ViewSpec view, Query query, List<SampleTable> tables, Answer kept) {
        calcite.load(tables);
        Answer other = calcite.answer(query);
        if (other.hasFailed()) {
            return Skipped.REFUSED;
        }
        if (kept.hasSameRows(other)) {
            return null;
        }
        definition.load(tables);
        Answer defined = definition.answer(query);
        if (!defined.hasFailed() && kept.hasSameRows(defined)) {
            return Skipped.OUTVOTED;
        }
        throw new FaultFound(
                "CALCITE DIFFERS",
                view.name() + " has     " + kept + "\nCalcite gives   " + other + "\nit is defined as " + defined + "\n"
                        + query.sql() + "\nover " + tables);
    }

    int compared() {
        return compared;
    }

    /** How often Calcite was wrong. */
    int outvoted() {
        return skipped.getOrDefault(Skipped.OUTVOTED, 0);
    }

    /** Views that were looked at and not compared. */
    Map<Skipped, Integer> skipped() {
        return skipped;
    }

    @Override
    public void close() {
        calcite.close();
    }
}
