package io.millrace.sqltests.oracle.view;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Those who follow relations. */
final class Followers implements AutoCloseable {
    private static final long STEP_MILLIS = 1_100;

    private final ViewServer server;
    private final long waitMillis;
    private final Map<String, Running> running = new TreeMap<>();
    private final Map<String, Stopped> stopped = new TreeMap<>();

    private record Running(Step.Follow step, Follower follower) {}

    private record Stopped(Step.Follow step, long position, Map<String, Integer> content) {}

    Followers(ViewServer server, long waitMillis) {
        this.server = server;
        this.waitMillis = waitMillis;
    }

    /** @param there tells what a relation has */
    void take(Step step, Function<String, Content> there) throws SQLException {
        if (step instanceof Step.Follow follow) {
            Content content = there.apply(follow.target());
            if (!content.hasFailed()) {
                start(follow, follow.sql(), follow.snapshot() ? Map.of() : content.rows(), 0);
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
                String sql = "SUBSCRIBE TO " + one.step().target() + " WITH (PROGRESS = "
                        + (one.step().progress() ? "TRUE" : "FALSE") + ") SINCE AFTER POSITION " + one.position();
                start(one.step(), sql, one.content(), one.position());
            }
        }
    }

    private void start(Step.Follow step, String sql, Map<String, Integer> there, long position) throws SQLException {
        try {
            running.put(step.name(), new Running(step, new Follower(server.connection(), sql, there, position)));
        } catch (SQLException failure) {
            String state = String.valueOf(failure.getSQLState());
            if (!state.equals("0A000")) {
                throw new FaultFound("SUBSCRIBE FAILS " + state, sql + "\n" + failure.getMessage());
            }
        }
    }

    /**
     * @param time before which all that happened must have been told
     * @param there tells what a relation has
     */
    void check(long time, Function<String, Content> there) throws InterruptedException {
        for (Running one : running.values()) {
            Content expected = there.apply(one.step().target());
            String fault = fault(one, expected, one.step().progress() ? time : Long.MIN_VALUE);
            if (fault != null) {
                String kind = fault.split("[:\\d]", 2)[0];
                throw new FaultFound("FOLLOWER: " + kind, one.step().script() + "\n" + fault);
            }
        }
    }

    /** One that has begun after the clock was moved tells its progress when it is moved again. */
    private String fault(Running one, Content expected, long time) throws InterruptedException {
        long waited = 0;
        while (true) {
            String fault = one.follower().fault(expected, time, time == Long.MIN_VALUE ? waitMillis : STEP_MILLIS);
            waited += STEP_MILLIS;
            if (fault == null || waited > waitMillis || !fault.equals(Follower.NO_PROGRESS)) {
                return fault;
            }
            server.advance(TimeUnit.MILLISECONDS.toMicros(STEP_MILLIS));
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
