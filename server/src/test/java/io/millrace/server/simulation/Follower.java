package io.millrace.server.simulation;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.work.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Follows a view, over crashes too: what it has is the view at the last position that it was told to be whole. */
final class Follower {
    private final String view;
    private final Map<String, Integer> content = new TreeMap<>();
    private final List<String> open = new ArrayList<>();
    private long position = -1;
    private long upTo = Long.MAX_VALUE;

    Follower(String view) {
        this.view = view;
    }

    String view() {
        return view;
    }

    /** Names the position up to which it follows. */
    void stopAt(long target) {
        upTo = target;
    }

    /** Takes what comes until it has all up to where it is to stop, or the machine crashes. */
    void follow(Machine machine, SimulatedServer server) {
        String since = position < 0 ? "" : " SINCE AFTER POSITION " + position;
        String sql = "SUBSCRIBE TO " + view + " WITH (PROGRESS = TRUE)" + since;
        open.clear();
        try (ResultCursor cursor = server.open(sql)) {
            while (position < upTo && !machine.hasCrashed()) {
                ResultBatch batch = cursor.poll(64);
                if (batch != null) {
                    SimulatedServer.texts(cursor, batch).forEach(row -> take(machine, row));
                } else {
                    CompletableFuture<Void> available = new CompletableFuture<>();
                    cursor.onAvailable(() -> available.complete(null));
                    Waits.join(available);
                }
            }
        } catch (RuntimeException failure) {
            if (failure instanceof MillraceException full
                    && full.code() == ErrorCode.DISK_FULL
                    && !machine.hasCrashed()) {
                Waits.parkNanos(this, Client.WAIT_NANOS);
                follow(machine, server);
            } else if (!machine.hasCrashed()) {
                throw new AssertionError(sql + ": " + failure, failure);
            }
        }
    }

    /** A row is its position, its time, what it is, and the row of the view. */
    private void take(Machine machine, String row) {
        if (machine.hasCrashed()) {
            return;
        }
        String[] parts = row.split("\\|", 4);
        if (parts[2].equals("=P")) {
            open.forEach(this::apply);
            open.clear();
            position = Long.parseLong(parts[0]);
            machine.threads().note(position);
        } else {
            open.add(row);
        }
    }

    private void apply(String row) {
        String[] parts = row.split("\\|", 4);
        int weight = parts[2].equals("-U") || parts[2].equals("-D") ? -1 : 1;
        content.merge(parts[3], weight, (old, more) -> old + more == 0 ? null : old + more);
    }

    /** Whether it has all that it was to have. */
    boolean hasStopped() {
        return position >= upTo;
    }

    /** The rows it has. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        content.forEach((row, count) -> {
            for (int i = 0; i < count; i++) {
                rows.add(row);
            }
            if (count < 0) {
                rows.add(row + " is there " + count + " times");
            }
        });
        return rows;
    }
}
