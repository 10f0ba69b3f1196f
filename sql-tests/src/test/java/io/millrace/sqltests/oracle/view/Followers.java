package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.view.Step.Listen.Emission;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Those who follow relations, and take the rows of continuous queries. */
final class Followers implements AutoCloseable {
    private static final long STEP_MILLIS = 1_100;
    private static final long LOOK_MILLIS = 100;

    private final ViewServer server;
    private final long waitMillis;
    private final Tally tally;
    private final Map<String, Running> running = new TreeMap<>();
    private final Map<String, Stopped> stopped = new TreeMap<>();

    private record Running(Step.Opening step, Follower follower) {}

    private record Stopped(Step.Opening step, long position, Map<String, Integer> content) {}

    Followers(ViewServer server, long waitMillis, Tally tally) {
        this.server = server;
        this.waitMillis = waitMillis;
        this.tally = tally;
    }

    /** @param there tells what a relation has */
    void take(Step step, Function<String, Content> there) throws SQLException, InterruptedException {
        if (step instanceof Step.Opening opening) {
            Content content = there.apply(opening.target());
            boolean isThere = opening instanceof Step.Follow follow && !follow.snapshot();
            if (!content.hasFailed()) {
                start(opening, opening.sql(), isThere ? content.rows() : Map.of(), 0);
            }
        } else if (step instanceof Step.Pause pause && running.containsKey(pause.name())) {
            Running one = running.remove(pause.name());
            one.follower().close();
            stopped.put(
                    pause.name(),
                    new Stopped(
                            one.step(),
                            one.follower().position(),
                            one.follower().content()));
        } else if (step instanceof Step.Resume resume && stopped.containsKey(resume.name())) {
            Stopped one = stopped.remove(resume.name());
            if (one.step().target().startsWith("v") && one.position() > 0) {
                resume(one, there);
            }
        }
    }

    /** First up to the position that is reached now, then from there on. */
    private void resume(Stopped one, Function<String, Content> there) throws SQLException, InterruptedException {
        long now = server.position();
        Content expected = there.apply(one.step().target());
        Stopped from = one;
        if (now > one.position() && !expected.hasFailed()) {
            String sql = after(one) + " UP TO POSITION " + now;
            try (Follower part = new Follower(server.connection(), sql, one.content(), one.position())) {
                String fault = part.faultAtEnd(waitMillis);
                if (fault == null && !part.content().equals(expected.rows())) {
                    fault = "up to " + now + " it has " + part.content() + "\ninstead of " + expected.rows();
                }
                if (fault != null) {
                    throw new FaultFound("RESUMED: " + kind(fault), sql + "\n" + fault);
                }
                from = new Stopped(one.step(), now, part.content());
            }
        }
        start(from.step(), after(from), from.content(), from.position());
    }

    private static String after(Stopped one) {
        return "SUBSCRIBE TO " + one.step().target() + " WITH (PROGRESS = "
                + (one.step().progress() ? "TRUE" : "FALSE") + ") SINCE AFTER POSITION " + one.position();
    }

    private void start(Step.Opening step, String sql, Map<String, Integer> there, long position) throws SQLException {
        try {
            Follower follower = follower(step, sql, there, position);
            running.put(step.name(), new Running(step, follower));
            tally.followed(step);
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            if (isOfQuery(step) && Content.failed(failure).isDataError()) {
                tally.undecided();
                return;
            }
            if (!state.equals("0A000")) {
                throw new FaultFound("SUBSCRIBE FAILS " + state, sql + "\n" + failure.getMessage());
            }
            tally.failed(failure, "FOLLOW");
        }
    }

    private Follower follower(Step.Opening step, String sql, Map<String, Integer> there, long position)
            throws SQLException {
        if (isClosedOnly(step)) {
            return Follower.ofClosed(server.connection(), sql);
        }
        return step instanceof Step.Listen listen && listen.emission() == Emission.WINDOWS_EVERY_SECOND
                ? Follower.ofLatest(server.connection(), sql, listen.keys())
                : new Follower(server.connection(), sql, there, position);
    }

    private static boolean isClosedOnly(Step.Opening step) {
        return step instanceof Step.Listen listen && listen.emission() == Emission.CLOSED_WINDOWS;
    }

    /**
     * @param time before which all that happened must have been told
     * @param there tells what a relation has
     */
    void check(long time, Function<String, Content> there) throws InterruptedException {
        for (Running one : new ArrayList<>(running.values())) {
            if (there.apply(one.step().target()).hasFailed() || hasMetData(one)) {
                running.remove(one.step().name());
                close(one);
                continue;
            }
            String fault = fault(one, there, one.step().progress() ? time : Long.MIN_VALUE);
            if (fault != null) {
                throw new FaultFound("FOLLOWER: " + kind(fault), one.step().script() + "\n" + fault);
            }
        }
    }

    /** A query that runs once may meet less of what fails: it does not look at what is joined with nothing. */
    private boolean hasMetData(Running one) {
        boolean hasMet = isOfQuery(one.step()) && one.follower().hasMetData();
        if (hasMet) {
            tally.undecided();
        }
        return hasMet;
    }

    private static boolean isOfQuery(Step.Opening step) {
        return step.target().startsWith("(");
    }

    private static String kind(String fault) {
        return fault.split("[:\\d]", 2)[0];
    }

    /**
     * One that has begun after the clock was moved tells its progress when it is moved again; so does one that comes every
     * second.
     */
    private String fault(Running one, Function<String, Content> there, long time) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        boolean waitsForClock = one.step() instanceof Step.Listen listen
                && listen.emission().name().endsWith("EVERY_SECOND");
        while (true) {
            Content expected = there.apply(
                    isClosedOnly(one.step())
                            ? server.closed(one.step().target())
                            : one.step().target());
            boolean isSteady = !waitsForClock && !isClosedOnly(one.step());
            long wait = !isSteady ? LOOK_MILLIS : time == Long.MIN_VALUE ? waitMillis : STEP_MILLIS;
            String fault = one.follower().fault(expected, time, wait);
            if (fault == null || hasMetData(one)) {
                return null;
            }
            if (one.follower().isLost() || System.nanoTime() > deadline) {
                return fault;
            }
            if (isSteady && !fault.equals(Follower.NO_PROGRESS)) {
                return fault;
            }
            if (!isClosedOnly(one.step())) {
                server.advance(TimeUnit.MILLISECONDS.toMicros(STEP_MILLIS));
            }
        }
    }

    /** Lets go of those of targets that are no more. */
    void forget(Predicate<String> targets) {
        for (Running one : new ArrayList<>(running.values())) {
            if (targets.test(one.step().target())) {
                running.remove(one.step().name());
                close(one);
            }
        }
        stopped.values().removeIf(one -> targets.test(one.step().target()));
    }

    private static void close(Running one) {
        try {
            one.follower().close();
        } catch (SQLException failure) {
            throw new FaultFound("CLOSING FAILS", failure.getMessage());
        }
    }

    @Override
    public void close() {
        running.values().forEach(Followers::close);
        running.clear();
        stopped.clear();
    }
}
