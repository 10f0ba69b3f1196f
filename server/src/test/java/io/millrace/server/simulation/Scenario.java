package io.millrace.server.simulation;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.work.Waits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * One life of a machine: statements of several clients at once, crashes at any operation of its disk, also while the server
 * starts, and after each the question whether all is there that was acknowledged, once, and every view is what its query is.
 */
final class Scenario {
    private static final double SHARE_OF_PAUSES = 0.3;
    private static final long NEVER = Long.MAX_VALUE / 2;
    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

    private final Machine machine;
    private final SplittableRandom random;
    private final Model model = new Model();
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Follower> followers = new TreeMap<>();
    private final TreeSet<String> views = new TreeSet<>();
    private final List<Thread> running = new ArrayList<>();

    /** A definition that may or may not have been made; null when there is none. */
    private String undecided;

    /** Whether the stream keeps only its last rows. */
    private final boolean isTrimmed;

    private boolean endsByCrash;
    private int crashes;
    private int trims;
    /** While the disk was full. */
    private int reads;

    private int refusals;

    Scenario(long seed) {
        machine = new Machine(seed);
        random = machine.random().split();
        isTrimmed = random.nextInt(4) == 0;
        clients.add(new InsertingClient(1, model, random.split()));
        clients.add(new InsertingClient(2, model, random.split()));
        clients.add(new ChangingClient(3, model, random.split()));
    }

    Machine machine() {
        return machine;
    }

    int crashes() {
        return crashes;
    }

    /** How often views were read while the disk was full. */
    int reads() {
        return reads;
    }

    /** How often that was refused. */
    int refusals() {
        return refusals;
    }

    /** How often rows of the stream were seen to be gone. */
    int trims() {
        return trims;
    }

    /** Runs it to its end, with crashes where chance has them. */
    void run(int lives) {
        endsByCrash = true;
        machine.threads().run("scenario", () -> {
            for (int life = 0; life < lives; life++) {
                CrashKind kind = CrashKind.values()[random.nextInt(CrashKind.values().length)];
                long operations = random.nextInt(life == 0 ? 700 : 500);
                if (random.nextInt(6) == 0) {
                    machine.disk().failIn(operations);
                    operations = NEVER;
                }
                live(kind, operations, 2 + random.nextInt(8));
                machine.clock().jump(random.nextInt(4) == 0 ? random.nextLong(-DAY_MICROS, DAY_MICROS) : 0);
            }
            live(CrashKind.PROCESS_ENDS, NEVER, 2);
        });
    }

    /** Runs it up to a crash at one operation, and looks at what is left. */
    long run(long crashAt, CrashKind kind) {
        long[] operations = new long[1];
        machine.threads().run("scenario", () -> {
            machine.crashIn(crashAt, kind);
            for (int life = 0; life < 3 && !machine.hasCrashed() && crashes == 0; life++) {
                live(kind, 8);
            }
            operations[0] = machine.disk().operations();
            live(kind, NEVER, 1);
        });
        return operations[0];
    }

    /** From a start to a crash, or to an end. */
    private void live(CrashKind kind, long crashIn, int statements) {
        machine.crashIn(crashIn, kind);
        live(kind, statements);
    }

    private void live(CrashKind kind, int statements) {
        machine.disk().onForce(this::perhapsLetOthersGo);
        SimulatedServer server = started();
        if (server != null) {
            try {
                readAtOnce(server);
                machine.disk().usable(Long.MAX_VALUE);
                prepare(server);
                check(server);
                work(server, statements);
                check(server);
            } catch (RuntimeException | Error failure) {
                if (!machine.hasCrashed()) {
                    throw failure;
                }
            }
            if (machine.disk().hasFailed() || (endsByCrash && random.nextBoolean())) {
                machine.crashNow(kind);
            }
            server.close();
            await();
        }
        if (machine.hasCrashed()) {
            machine.crashNow(kind);
            crashes++;
            machine.restart();
        }
    }

    private void perhapsLetOthersGo() {
        if (machine.threads().chance(SHARE_OF_PAUSES) && Thread.currentThread() instanceof SimulatedThread own) {
            own.yieldHere();
        }
    }

    /** Now and then on a disk that is full until the start is over. */
    private SimulatedServer started() {
        Path data = machine.disk().path("/data");
        boolean isFull = crashes > 0 && random.nextInt(6) == 0;
        machine.disk().usable(isFull ? 0 : Long.MAX_VALUE);
        try {
            return new SimulatedServer(machine.host(), data, () -> machine.crashNow(CrashKind.PROCESS_ENDS));
        } catch (RuntimeException | Error failure) {
            if (machine.hasCrashed()) {
                return null;
            }
            throw failure;
        }
    }

    /** Makes what was not answered before the crash, and what every life needs. */
    private void prepare(SimulatedServer server) {
        if (undecided != null && server.has(undecided) != views.contains(undecided) && !views.remove(undecided)) {
            views.add(undecided);
        }
        undecided = null;
        followers.values().forEach(follower -> follower.stopAt(Long.MAX_VALUE));
        for (Map.Entry<String, String> definition : Model.DEFINITIONS.entrySet()) {
            if (!server.has(definition.getKey())) {
                boolean isStream = definition.getKey().equals("s");
                server.run(definition.getValue() + (isStream && isTrimmed ? Model.WITH_RETENTION : ""));
            }
        }
        if (isTrimmed) { // a view that comes later does not see what has gone before
            for (Map.Entry<String, Model.View> view : Model.VIEWS.entrySet()) {
                if (!server.has(view.getKey())) {
                    server.run("CREATE MATERIALIZED VIEW " + view.getKey() + " AS "
                            + view.getValue().query());
                }
                views.add(view.getKey());
            }
        }
        for (Client client : clients) {
            client.repeat(machine, server);
        }
    }

    private void work(SimulatedServer server, int statements) {
        for (Client client : clients) {
            int count = 1 + random.nextInt(statements);
            begin(client.name(), () -> client.work(machine, server, count));
        }
        followers
                .values()
                .forEach(follower -> begin("follows-" + follower.view(), () -> follower.follow(machine, server)));
        int definitions = isTrimmed ? 0 : random.nextInt(3);
        begin("defines", () -> define(server, definitions));
        if (random.nextInt(4) == 0) {
            machine.disk().usable(0);
            pause(TimeUnit.MILLISECONDS.toNanos(random.nextInt(5_000)));
            readAtOnce(server);
            machine.disk().usable(Long.MAX_VALUE);
        }
        if (random.nextBoolean()) {
            pause(TimeUnit.MILLISECONDS.toNanos(random.nextInt(25_000)));
        }
        awaitAllBut("follows-");
        server.run("FLUSH");
        long position = Long.parseLong(server.rows("SELECT MR_POSITION()").get(0));
        followers.values().forEach(follower -> follower.stopAt(position));
        await();
    }

    /** Creates views and drops them. */
    private void define(SimulatedServer server, int count) {
        for (int i = 0; i < count && !machine.hasCrashed(); i++) {
            List<String> names = List.copyOf(Model.VIEWS.keySet());
            String name = names.get(random.nextInt(names.size()));
            String read = name.equals("b_of_counts") ? "a_counts" : null;
            boolean isRead = name.equals("a_counts") && views.contains("b_of_counts");
            String sql;
            if (!views.contains(name)) {
                if (read != null && !views.contains(read)) {
                    continue;
                }
                sql = "CREATE MATERIALIZED VIEW " + name + " AS "
                        + Model.VIEWS.get(name).query();
            } else if (isRead || followers.containsKey(name)) {
                continue;
            } else {
                sql = "DROP MATERIALIZED VIEW " + name;
            }
            undecided = name;
            try {
                server.run(sql);
            } catch (RuntimeException failure) {
                if (machine.hasCrashed()) {
                    return;
                }
                if (failure instanceof MillraceException full && full.code() == ErrorCode.DISK_FULL) {
                    undecided = null;
                    return;
                }
                throw new AssertionError(sql + ": " + failure, failure);
            }
            if (machine.hasCrashed()) {
                return;
            }
            undecided = null;
            if (!views.remove(name)) {
                views.add(name);
                if (random.nextBoolean()) {
                    followers.put(name, new Follower(name));
                }
            }
            machine.threads().note(sql.hashCode());
        }
    }

    /** While the disk is full nobody waits for views: they are read, or that is refused. */
    private void readAtOnce(SimulatedServer server) {
        for (String view : List.copyOf(views)) {
            long before = machine.clock().nanoTime();
            try {
                server.rows("SELECT * FROM " + view);
                reads++;
            } catch (MillraceException refused) {
                boolean isGone = refused.code() == ErrorCode.UNDEFINED_OBJECT;
                if (refused.code() != ErrorCode.DISK_FULL && !isGone && !machine.hasCrashed()) {
                    throw refused;
                }
                refusals++;
            }
            long waited = machine.clock().nanoTime() - before;
            if (waited > TimeUnit.SECONDS.toNanos(1) && !machine.hasCrashed()) {
                throw new AssertionError("a read of " + view + " took " + waited + " ns on a full disk");
            }
        }
    }

    private void check(SimulatedServer server) {
        server.run("FLUSH");
        if (isTrimmed) {
            List<String> left = server.rows("SELECT id, k, v FROM s");
            if (!model.isLeft(left) && !machine.hasCrashed()) {
                throw new AssertionError("of stream s is left\n" + left + "\nof\n" + model.streamRows());
            }
            trims += left.size() < model.streamRows().size() ? 1 : 0;
        } else {
            compare(server, "SELECT id, k, v FROM s", model.streamRows(), "stream s");
        }
        compare(server, "SELECT k, w FROM t", model.tableRows(), "table t");
        for (String view : views) {
            List<String> expected = Model.VIEWS.get(view).rows().apply(model);
            compare(server, "SELECT * FROM " + view, expected, "view " + view);
            if (!isTrimmed) {
                compare(server, Model.VIEWS.get(view).query(), expected, "query of " + view);
            }
        }
        for (Follower follower : followers.values()) {
            if (follower.hasStopped()) {
                fail(
                        Model.VIEWS.get(follower.view()).rows().apply(model),
                        follower.rows(),
                        "what " + follower.view() + " gave");
            }
        }
    }

    private void compare(SimulatedServer server, String sql, List<String> expected, String what) {
        fail(expected, server.rows(sql), what);
    }

    private void fail(List<String> expected, List<String> there, String what) {
        List<String> wanted = expected.stream().sorted().toList();
        List<String> found = there.stream().sorted().toList();
        found.forEach(row -> machine.threads().note(row.hashCode()));
        if (!found.equals(wanted) && !machine.hasCrashed()) {
            throw new AssertionError(what + " has\n" + found + "\ninstead of\n" + wanted);
        }
    }

    private void begin(String name, Runnable work) {
        Thread thread = machine.threads().thread(name, () -> {
            try {
                work.run();
            } catch (RuntimeException | Error failure) {
                machine.threads().failed(failure);
            }
        });
        running.add(thread);
        thread.start();
    }

    private void await() {
        awaitAllBut("none of them");
    }

    private void awaitAllBut(String prefix) {
        for (Thread thread : List.copyOf(running)) {
            if (!thread.getName().startsWith(prefix)) {
                Waits.awaitEnd(thread);
                running.remove(thread);
            }
        }
    }

    private static void pause(long nanos) {
        Waits.parkNanos(Scenario.class, nanos);
    }
}
