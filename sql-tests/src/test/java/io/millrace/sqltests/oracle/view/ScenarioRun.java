package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.view.Step.ViewSpec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Does what a scenario says, and looks after each step whether the law holds. */
final class ScenarioRun {
    private static final long SECOND = 1_000_000;

    private final ViewServer server;
    private final Scenario scenario;
    private final Followers followers;
    private final Tally tally;
    private final CalciteReference calcite;
    private final Map<String, ViewSpec> views = new LinkedHashMap<>();
    /** Views by their names, the SQLSTATE that they failed with. */
    private final Map<String, String> failed = new TreeMap<>();

    private final Map<String, Content> contents = new TreeMap<>();
    private int twins;
    private final Map<String, String> boundedSql = new TreeMap<>();

    ScenarioRun(ViewServer server, Scenario scenario, long waitMillis, Tally tally, CalciteReference calcite) {
        this.server = server;
        this.scenario = scenario;
        this.tally = tally;
        this.calcite = calcite;
        followers = new Followers(server, waitMillis, tally);
    }

    /** @throws FaultFound when it does not */
    void run() throws SQLException, InterruptedException {
        try {
            for (Source source : scenario.sources()) {
                execute(source.create());
            }
            for (Step step : scenario.steps()) {
                try {
                    take(step);
                } catch (FaultFound fault) {
                    throw new FaultFound(fault.kind(), "after " + step.script() + "\n" + fault.getMessage());
                }
            }
            compareWithCalcite();
        } finally {
            followers.close();
            for (Source source : scenario.sources()) {
                execute(source.drop());
            }
            for (String view : views.keySet()) { // that read no source
                tried("DROP VIEW IF EXISTS " + view + " CASCADE");
                tried("DROP MATERIALIZED VIEW IF EXISTS " + view + " CASCADE");
            }
            boundedSql.values().stream()
                    .filter(sql -> sql.startsWith("SELECT * FROM twin"))
                    .forEach(sql -> tried(sql.replace("SELECT * FROM", "DROP VIEW IF EXISTS")));
        }
    }

    private void compareWithCalcite() throws SQLException {
        Map<String, SampleTable> readable = new TreeMap<>();
        scenario.sources().stream()
                .map(Source::sample)
                .filter(Objects::nonNull)
                .forEach(table -> readable.put(table.name(), table));
        views.values().stream()
                .map(ViewSpec::sample)
                .filter(Objects::nonNull)
                .forEach(table -> readable.put(table.name(), table));
        try (Statement statement = server.connection().createStatement()) {
            for (ViewSpec view : views.values()) {
                if (view.materialized()) {
                    calcite.check(view, readable, statement);
                }
            }
        }
    }

    private void take(Step step) throws SQLException, InterruptedException {
        if (step instanceof Step.Change change) {
            tried(change.sql());
            checkViews(views.keySet());
        } else if (step instanceof Step.Batch batch) {
            insert(batch);
            checkViews(views.keySet());
        } else if (step instanceof Step.Together together) {
            server.holdViews();
            try {
                together.changes().forEach(change -> tried(change.sql()));
            } finally {
                server.releaseViews();
            }
            checkViews(views.keySet());
        } else if (step instanceof Step.Define define) {
            define(define);
        } else if (step instanceof Step.Drop drop) {
            if (tried(step.script().replace(";", "")) == null) {
                forget(drop.view()).forEach(views::remove);
            }
        } else if (step instanceof Step.Restart) {
            followers.close();
            server.restart();
            tally.restarted(server.recovery());
            failed.clear();
            checkViews(views.keySet());
        } else {
            followers.take(step, target -> Content.of(server.connection(), "SELECT * FROM " + target));
        }
        followers.check(server.advance(SECOND + 100_000), this::content);
    }

    /** What is there now. */
    private Content content(String target) {
        Content known = contents.get(target);
        return known != null ? known : Content.of(server.connection(), "SELECT * FROM " + target);
    }

    private void define(Step.Define define) throws SQLException {
        ViewSpec view = define.view();
        SQLException refusal = failure(view.create(define.replace()));
        if (refusal != null) {
            tally.notMade(refusal);
            String state = noted(refusal, view.create(define.replace()));
            boolean isData = state.startsWith("22") || state.startsWith("21");
            boolean hasReaders = views.values().stream()
                    .anyMatch(other -> mentions(other.query().sql(), view.name())); // one of which may be what fails
            if (isData
                    && !hasReaders
                    && !Content.of(server.connection(), bounded(view)).hasFailed()) {
                throw new FaultFound("DEFINITION FAILS", view.name() + " cannot be made: " + state);
            }
            return;
        }
        tally.viewMade();
        Set<String> changed = define.replace() ? forget(view.name()) : new LinkedHashSet<>(List.of(view.name()));
        views.put(view.name(), view);
        boundedSql.put(view.name(), bounded(view));
        checkViews(changed);
    }

    /** By a plain view where the query on its own would go on for ever. */
    private String bounded(ViewSpec view) throws SQLException {
        String sql = view.query().sql();
        if (!sql.contains(" WINDOW ")) {
            return sql;
        }
        String twin = "twin" + ++twins;
        execute("CREATE VIEW " + twin + " (" + view.columns() + ") AS " + sql);
        return "SELECT * FROM " + twin;
    }

    /** What is known of a view and of those that read it is no longer true; returns all of them. */
    private Set<String> forget(String view) {
        Set<String> gone = new LinkedHashSet<>(List.of(view));
        views.forEach((name, spec) -> {
            if (gone.stream().anyMatch(read -> mentions(spec.query().sql(), read))) {
                gone.add(name);
            }
        });
        gone.forEach(name -> {
            failed.remove(name);
            contents.remove(name);
        });
        followers.forget(target -> gone.stream().anyMatch(name -> mentions(target, name)));
        return gone;
    }

    private static boolean mentions(String sql, String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(sql).find();
    }

    private void checkViews(Set<String> names) {
        for (String name : names) {
            ViewSpec view = views.get(name);
            if (view == null) {
                continue;
            }
            Content bounded = Content.of(server.connection(), boundedSql.get(name));
            if (view.materialized()) {
                Content kept = Content.of(server.connection(), "SELECT * FROM " + name);
                check(name, kept, bounded);
                contents.put(name, kept);
            } else {
                contents.put(name, bounded);
            }
        }
        for (String name : failed.keySet()) {
            followers.forget(target -> mentions(target, name));
        }
    }

    private void check(String name, Content kept, Content bounded) {
        String before = failed.get(name);
        if (kept.hasFailed()) {
            String expected = before == null ? bounded.sqlState() : before;
            if (!kept.sqlState().equals(expected)
                    && !(before == null && bounded.hasFailed() && bounded.isDataError() && kept.isDataError())) {
                throw new FaultFound("ERROR " + kept.sqlState(), describe(name, kept, bounded));
            }
            failed.put(name, kept.sqlState());
        } else if (bounded.hasFailed()) {
            throw new FaultFound("NO ERROR " + bounded.sqlState(), describe(name, kept, bounded));
        } else if (!kept.rows().equals(bounded.rows())) {
            throw new FaultFound("VIEW DIFFERS", describe(name, kept, bounded));
        } else {
            failed.remove(name); // the rows that put it out of use have been mended
        }
    }

    private static String describe(String name, Content kept, Content bounded) {
        return name + " has   " + kept + "\nits query gives " + bounded;
    }

    private void insert(Step.Batch batch) throws SQLException {
        try (PreparedStatement insert = server.connection().prepareStatement(batch.insert())) {
            for (List<Object> row : batch.rows()) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException failure) {
            noted(failure, batch.insert());
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = server.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    /** The SQLSTATE that a statement fails with; null when it does not. */
    private String tried(String sql) {
        SQLException failure = failure(sql);
        return failure == null ? null : noted(failure, sql);
    }

    private SQLException failure(String sql) {
        try {
            execute(sql);
            return null;
        } catch (SQLException failure) {
            return failure;
        }
    }

    private String noted(SQLException failure, String sql) {
        String state = String.valueOf(failure.getSQLState());
        tally.failed(failure, sql.substring(0, 6));
        if (!List.of("0A", "21", "22", "23", "42", "54").contains(state.substring(0, Math.min(2, state.length())))) {
            throw new FaultFound("STATEMENT FAILS " + state, sql + "\n" + failure.getMessage());
        }
        return state;
    }
}
