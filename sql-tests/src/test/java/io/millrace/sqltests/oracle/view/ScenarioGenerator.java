package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.view.Step.Listen.Emission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Makes scenarios: sources, and views and followers among statements that change rows. */
final class ScenarioGenerator {
    private static final int CHANGES = 7;
    private static final int VIEWS = 8;
    /** In percent. */
    private static final int RESTARTS = 4;
    /** In percent. */
    private static final int TOGETHER = 15;

    private final Draw draw;
    private final List<Source> sources;
    private final StatementGenerator statements;
    private final ViewQueryGenerator queries;
    private final List<Step> steps = new ArrayList<>();
    private final List<Step.ViewSpec> views = new ArrayList<>();
    private final List<String> followers = new ArrayList<>();
    private final List<String> paused = new ArrayList<>();
    private int names;

    ScenarioGenerator(Random random) {
        draw = new Draw(random);
        sources = new SourceGenerator(draw).sources();
        statements = new StatementGenerator(draw);
        queries = new ViewQueryGenerator(draw, sources);
    }

    Scenario scenario() {
        int early = draw.below(VIEWS + 1);
        int changes = 0;
        int defined = 0;
        for (; defined < early; defined++) {
            define();
        }
        while (changes < CHANGES || defined < VIEWS) {
            boolean isView = changes >= CHANGES || (defined < VIEWS && draw.percent(30));
            if (isView) {
                define();
                defined++;
            } else {
                steps.add(draw.percent(TOGETHER) ? together() : statements.change(draw.of(sources)));
                changes++;
            }
            between();
        }
        return new Scenario(sources, List.copyOf(steps));
    }

    private Step together() {
        List<Step.Change> changes = new ArrayList<>();
        for (int i = 2 + draw.below(3); i > 0; i--) {
            if (statements.change(draw.of(sources)) instanceof Step.Change change) {
                changes.add(change);
            }
        }
        return new Step.Together(List.copyOf(changes));
    }

    private void define() {
        boolean isMaterialized = draw.percent(88);
        String name = "v" + ++names;
        ViewQuery query = queries.query(readable(), null);
        Step.ViewSpec view = new Step.ViewSpec(name, isMaterialized, query.types(), query);
        views.add(view);
        steps.add(new Step.Define(view, false));
        if (isMaterialized && draw.percent(35)) {
            follow(name);
        }
    }

    /** The views whose columns typed queries can name. */
    private List<SampleTable> readable() {
        return views.stream()
                .map(Step.ViewSpec::sample)
                .filter(Objects::nonNull)
                .toList();
    }

    private void follow(String target) {
        String name = "f" + ++names;
        followers.add(name);
        steps.add(new Step.Follow(name, target, draw.percent(65), draw.percent(75)));
    }

    private void listen() {
        String name = "f" + ++names;
        ClauseQuery closing = queries.closing();
        if (closing != null && draw.percent(70)) {
            boolean isSession = closing.from().contains("SESSION"); // one that is part of another now has been told
            Emission emission = draw.of(
                    Emission.CLOSED_WINDOWS,
                    Emission.WINDOW_CHANGES,
                    Emission.WINDOW_CHANGES_EVERY_SECOND,
                    isSession ? Emission.CLOSED_WINDOWS : Emission.WINDOWS_EVERY_SECOND);
            steps.add(new Step.Listen(
                    name, closing.sql(), emission, closing.keys().size()));
            return;
        }
        List<SampleTable> counted = new ArrayList<>(readable());
        sources.stream().map(Source::sample).filter(Objects::nonNull).forEach(counted::add);
        if (!counted.isEmpty()) {
            String sql = queries.counted(draw.of(counted)).sql();
            steps.add(new Step.Listen(name, sql, draw.of(Emission.CHANGES, Emission.EVERY_SECOND), 0));
        }
    }

    /** What happens now and then. */
    private void between() {
        if (draw.percent(RESTARTS)) {
            followers.clear();
            paused.clear();
            steps.add(new Step.Restart());
        }
        if (draw.percent(6)) {
            Source source = draw.of(sources);
            follow(source.name());
        }
        if (draw.percent(6) && !views.isEmpty()) {
            follow("(SELECT * FROM " + draw.of(views).name() + ")");
        }
        if (draw.percent(5)) {
            follow("(" + queries.typed(readable(), null).sql() + ")");
        }
        if (draw.percent(12)) {
            listen();
        }
        if (draw.percent(8) && !followers.isEmpty()) {
            String name = draw.of(followers);
            followers.remove(name);
            paused.add(name);
            steps.add(new Step.Pause(name));
        } else if (draw.percent(40) && !paused.isEmpty()) {
            steps.add(new Step.Resume(paused.remove(0)));
        }
        if (draw.percent(6) && !views.isEmpty()) {
            replace(draw.of(views));
        }
        if (draw.percent(3) && !views.isEmpty()) {
            Step.ViewSpec gone = draw.of(views);
            steps.add(new Step.Drop(gone.name(), gone.materialized()));
            views.remove(gone); // those that read it will not be made
        }
    }

    private void replace(Step.ViewSpec old) {
        if (old.types().stream().anyMatch(Objects::isNull)) {
            return;
        }
        ViewQuery query = queries.query(
                readable().stream().filter(table -> draw.percent(50)).toList(), old.types());
        Step.ViewSpec view = new Step.ViewSpec(old.name(), old.materialized(), old.types(), query);
        views.set(views.indexOf(old), view);
        steps.add(new Step.Define(view, true));
    }
}
