package io.millrace.sqltests.oracle.view;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes a scenario smaller as long as it shows the same fault. */
final class ScenarioShrinker {
    private final Predicate<Scenario> isFaulty;
    private final long deadlineNanos;

    ScenarioShrinker(Predicate<Scenario> isFaulty, long deadlineNanos) {
        this.isFaulty = isFaulty;
        this.deadlineNanos = deadlineNanos;
    }

    Scenario shrink(Scenario faulty) {
        Scenario best = faulty;
        for (int size = best.steps().size() / 2; size > 0; size /= 2) {
            best = withoutParts(best, size);
        }
        for (Scenario smaller = better(best); smaller != null; smaller = better(best)) {
            best = smaller;
        }
        return best;
    }

    /** Drops as many runs of so many steps as can be. */
    private Scenario withoutParts(Scenario faulty, int size) {
        Scenario best = faulty;
        for (int from = best.steps().size() - size; from >= 0; from -= size) {
            List<Step> steps = new ArrayList<>(best.steps());
            steps.subList(from, Math.min(steps.size(), from + size)).clear();
            Scenario smaller = new Scenario(best.sources(), steps);
            if (holds(smaller)) {
                best = smaller;
            }
        }
        return best;
    }

    private Scenario better(Scenario best) {
        Iterator<Scenario> candidates = Stream.of(
                        IntStream.range(0, best.steps().size()).mapToObj(i -> withoutStep(best, i)),
                        IntStream.range(0, best.sources().size()).mapToObj(i -> withoutSource(best, i)),
                        IntStream.range(0, best.steps().size())
                                .boxed()
                                .flatMap(i -> smallerSteps(best.steps().get(i)).map(step -> with(best, i, step))))
                .flatMap(all -> all)
                .iterator();
        while (candidates.hasNext() && System.nanoTime() < deadlineNanos) {
            Scenario smaller = candidates.next();
            if (holds(smaller)) {
                return smaller;
            }
        }
        return null;
    }

    private boolean holds(Scenario smaller) {
        return System.nanoTime() < deadlineNanos && isFaulty.test(smaller);
    }

    private static Scenario withoutStep(Scenario scenario, int index) {
        List<Step> steps = new ArrayList<>(scenario.steps());
        steps.remove(index);
        return new Scenario(scenario.sources(), steps);
    }

    private static Scenario withoutSource(Scenario scenario, int index) {
        List<Source> sources = new ArrayList<>(scenario.sources());
        sources.remove(index);
        return new Scenario(sources, scenario.steps());
    }

    private static Scenario with(Scenario scenario, int index, Step step) {
        List<Step> steps = new ArrayList<>(scenario.steps());
        steps.set(index, step);
        return new Scenario(scenario.sources(), steps);
    }

    private static Stream<Step> smallerSteps(Step step) {
        if (step instanceof Step.Define define) {
            Step.ViewSpec view = define.view();
            return view.query()
                    .smaller()
                    .map(query -> new Step.Define(
                            new Step.ViewSpec(view.name(), view.materialized(), query.types(), query),
                            define.replace()));
        }
        if (step instanceof Step.Change change) {
            return fewerRows(change.sql());
        }
        if (step instanceof Step.Together together) {
            return IntStream.range(0, together.changes().size()).mapToObj(i -> {
                List<Step.Change> fewer = new ArrayList<>(together.changes());
                fewer.remove(i);
                return new Step.Together(fewer);
            });
        }
        return Stream.of();
    }

    private static Stream<Step> fewerRows(String sql) {
        int from = sql.indexOf("VALUES ");
        if (from < 0) {
            return Stream.of();
        }
        List<int[]> rows = rows(sql, from);
        return rows.size() < 2
                ? Stream.of()
                : IntStream.range(0, rows.size())
                        .mapToObj(i -> new Step.Change(
                                i == 0
                                        ? sql.substring(0, rows.get(0)[0]) + sql.substring(rows.get(1)[0])
                                        : sql.substring(0, rows.get(i - 1)[1]) + sql.substring(rows.get(i)[1])));
    }

    /** Where the parentheses around rows begin and end. */
    private static List<int[]> rows(String sql, int from) {
        List<int[]> rows = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean isText = false;
        for (int i = from; i < sql.length() && depth >= 0; i++) {
            char letter = sql.charAt(i);
            isText ^= letter == '\'';
            if (!isText && letter == '(' && depth++ == 0) {
                start = i;
            } else if (!isText && letter == ')' && --depth == 0) {
                rows.add(new int[] {start, i + 1});
            } else if (!isText && depth == 0 && Character.isLetter(letter) && !rows.isEmpty()) {
                break;
            }
        }
        return rows;
    }
}
