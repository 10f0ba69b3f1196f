package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.CheckpointEntry;
import io.millrace.executor.checkpoint.CheckpointFile;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.table.VersionMark;
import io.millrace.executor.time.EngineClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives views the states that the newest whole checkpoint has of them. Thread-safe. */
final class Recovery {
    private static final Logger LOGGER = LoggerFactory.getLogger(Recovery.class);

    private final CheckpointStore store;
    private final StepLog log;
    private final Supplier<Cut> logs;
    private final MemoryBudget memory;
    private final EngineClock clock;

    Recovery(CheckpointStore store, StepLog log, Supplier<Cut> logs, MemoryBudget memory, EngineClock clock) {
        this.store = store;
        this.log = log;
        this.logs = logs;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * What a checkpoint has given back.
     *
     * @param isWhole whether no view in it is damaged
     * @param views each after those that it reads
     * @param identity of the step after which they were so
     * @param cut up to which they have taken what there was
     * @param steps those after it
     */
    record Recovered(
            long position,
            int identity,
            boolean isWhole,
            long catalog,
            Cut cut,
            Map<Long, SavedView> views,
            RecordedSteps steps) {
        /** Lets go of views that are not wanted. */
        void close() {
            views.values().forEach(saved -> saved.view().close());
            steps.close();
        }

        List<StandingView> inOrder(List<ViewPlan> plans) {
            List<StandingView> ordered = new ArrayList<>();
            for (ViewPlan plan : plans) {
                SavedView saved = views.get(plan.id());
                if (saved != null) {
                    ordered.add(saved.view());
                }
            }
            return ordered;
        }
    }

    /** Removes what was not finished. Before anything else. */
    void begin() {
        try {
            store.removeUnfinished();
            StepRecord last = log.last();
            for (long position : store.positions()) {
                if (last == null || position > last.position()) {
                    LOGGER.warn("checkpoint {} is removed: no such step was written down", position);
                    store.delete(position);
                }
            }
        } catch (IOException failure) {
            LOGGER.warn("what is left of an unfinished checkpoint cannot be removed: {}", failure.toString());
        }
    }

    /**
     * The checkpoint that was used and those before it, as far as they look whole, with the views that were given back of what they
     * have: the newest first. If some view in it is damaged, so were all those before it.
     */
    List<Checkpointer.Known> present(Recovered used) {
        List<Checkpointer.Known> present = new ArrayList<>();
        Set<Long> usable = used.views().keySet();
        present.add(new Checkpointer.Known(used.position(), Set.copyOf(usable)));
        if (used.isWhole()) {
            for (Checkpointer.Known each : present()) {
                Set<Long> views = new HashSet<>(each.views());
                views.retainAll(usable);
                if (each.position() < used.position()) {
                    present.add(new Checkpointer.Known(each.position(), views));
                }
            }
        }
        return present;
    }

    /** All checkpoints, as far as they look whole: the newest first. */
    List<Checkpointer.Known> present() {
        List<Checkpointer.Known> present = new ArrayList<>();
        try {
            List<Long> positions = store.positions();
            for (long position : positions) {
                known(position, positions, present);
            }
        } catch (IOException unreadable) {
            LOGGER.warn("the checkpoints cannot be read: {}", unreadable.toString());
        }
        return present;
    }

    private void known(long position, List<Long> positions, List<Checkpointer.Known> into) {
        try {
            Set<Long> views = new HashSet<>();
            boolean isWhole = true;
            for (CheckpointEntry entry : store.open(position).entries()) {
                views.add(entry.viewId());
                isWhole &= positions.containsAll(entry.files());
            }
            if (isWhole) { // others are parts of later ones
                into.add(new Checkpointer.Known(position, views));
            }
        } catch (MillraceException | IOException damaged) {
            LOGGER.warn("checkpoint {} cannot be used: {}", position, damaged.toString());
        }
    }

    /**
     * Null when no checkpoint can be used: then everything is computed anew.
     *
     * @param plans of all views, each after those that it reads
     * @param latest position of which a checkpoint can be
     * @param quiet numbers of views that are to take further steps without their rows, if their operators can give these later
     * @param helper takes a part of the work; not one whose threads call this
     */
    @Nullable
    Recovered recover(List<ViewPlan> plans, long latest, Set<Long> quiet, Executor helper) {
        try {
            List<Long> positions = store.positions();
            positions.removeIf(position -> position > latest);
            for (long position : positions) {
                Recovered recovered = tryRecover(position, plans, quiet, true, helper);
                if (recovered != null && !recovered.views().isEmpty()) {
                    return recovered;
                }
                close(recovered);
            }
            return best(positions, plans, quiet, helper);
        } catch (IOException unreadable) {
            LOGGER.warn("the checkpoints cannot be read: {}", unreadable.toString());
        }
        return null;
    }

    private static void close(@Nullable Recovered recovered) {
        if (recovered != null) {
            recovered.close();
        }
    }

    /** The newest of those that have most views that are whole; null when none has any. */
    private @Nullable Recovered best(List<Long> positions, List<ViewPlan> plans, Set<Long> quiet, Executor helper) {
        long best = -1;
        int most = 0;
        for (long position : positions) {
            Recovered some = tryRecover(position, plans, quiet, false, helper);
            if (some != null && some.views().size() > most) {
                best = position;
                most = some.views().size();
            }
            close(some);
        }
        return most == 0 ? null : tryRecover(best, plans, quiet, false, helper);
    }

    /** @param isWhole no view may be damaged; else damaged ones are left out */
    private @Nullable Recovered tryRecover(
            long position, List<ViewPlan> plans, Set<Long> quiet, boolean isWhole, Executor helper) {
        Map<Long, SavedView> views = new HashMap<>();
        StepReader reader = log.reader(position);
        try {
            CheckpointFile file = store.open(position);
            StepRecord step = reader.next();
            Cut now = logs.get();
            if (step == null || step.position() != position || file.identity() != step.identity()) {
                LOGGER.warn("checkpoint {} is not used: it was not made at the step that is written down", position);
                store.giveUp(position);
                reader.close();
                return null;
            }
            Map<Long, CheckpointEntry> entries = new HashMap<>();
            file.entries().forEach(entry -> entries.put(entry.viewId(), entry));
            for (ViewPlan plan : plans) {
                CheckpointEntry entry = entries.get(plan.id());
                boolean readsRestored =
                        views.keySet().containsAll(Feed.viewsOf(plan.query().root()));
                boolean isRestorable = readsRestored && isThere(step, now, plan);
                if (entry != null && entry.plan() == SavedView.planHash(plan) && isRestorable) {
                    SavedView restored = isWhole
                            ? restore(plan, entry, position, quiet, helper)
                            : tryRestore(plan, entry, position, quiet, helper);
                    if (restored != null) {
                        views.put(plan.id(), restored);
                    }
                }
            }
            return new Recovered(
                    position,
                    step.identity(),
                    isWhole,
                    step.catalog(),
                    now.at(step.ends()),
                    views,
                    new RecordedSteps(reader, logs));
        } catch (RuntimeException | IOException damaged) { // another checkpoint, or the logs, will do
            LOGGER.warn("checkpoint {} is not used: {}", position, damaged.toString());
            store.giveUp(position);
            reader.close();
            views.values().forEach(saved -> saved.view().close());
            return null;
        }
    }

    private @Nullable SavedView tryRestore(
            ViewPlan plan, CheckpointEntry entry, long position, Set<Long> quiet, Executor helper) {
        try {
            return restore(plan, entry, position, quiet, helper);
        } catch (RuntimeException | IOException damaged) { // it, and those that read it, are computed from the logs
            LOGGER.warn("view \"{}\" of checkpoint {} is not used: {}", plan.name(), position, damaged.toString());
            return null;
        }
    }

    /** Whether the logs that a view reads have all that the step took, and all that came after it. */
    private static boolean isThere(StepRecord step, Cut now, ViewPlan plan) {
        Map<Long, Long> ends = now.ends();
        return Feed.logsOf(plan.query().root()).stream()
                .allMatch(
                        id -> ends.containsKey(id) && ends.get(id) >= step.end(id) && now.startLsn(id) <= step.end(id));
    }

    /** The steps after one that is written down. */
    RecordedSteps stepsAfter(long position) {
        StepReader reader = log.reader(position);
        reader.next();
        return new RecordedSteps(reader, logs);
    }

    private SavedView restore(ViewPlan plan, CheckpointEntry entry, long position, Set<Long> quiet, Executor helper)
            throws IOException {
        List<CheckpointFile> files = new ArrayList<>();
        for (long part : entry.files()) {
            files.add(store.open(part));
        }
        StandingView view = new StandingView(plan, memory.open(), clock);
        try {
            if (view.isDerived()) {
                restoreDerived(view, files, position, quiet.contains(view.id()), helper);
            } else {
                restoreAll(view, files, position, helper);
            }
            long firstBytes = files.get(0).bytesOf(plan.id());
            long allBytes = 0;
            for (CheckpointFile file : files) {
                allBytes += file.bytesOf(plan.id());
            }
            VersionMark mark =
                    view.isDerived() ? null : VersionMark.of(view.contents().version(position));
            return new SavedView(view, entry, position, mark, firstBytes, allBytes - firstBytes);
        } catch (RuntimeException | Error | IOException failure) {
            view.close();
            throw failure;
        }
    }

    private static void restoreAll(StandingView view, List<CheckpointFile> files, long position, Executor helper)
            throws IOException {
        try (HelperWork contents = new HelperWork(helper)) {
            contents.next(() -> files.forEach(file -> restoreContents(view, file)));
            restoreOperators(view, files, helper);
            contents.end();
        }
        view.restored(position);
    }

    private static void restoreDerived(
            StandingView view, List<CheckpointFile> files, long position, boolean isQuiet, Executor helper)
            throws IOException {
        DerivedRows saved = derivedRows(view, files.get(files.size() - 1));
        if (saved != null) {
            long bytes =
                    files.stream().mapToLong(file -> file.bytesOf(view.id())).sum();
            view.circuit().expect(Math.min(saved.count(), bytes / Long.BYTES)); // a group has a word at least
        }
        restoreOperators(view, files, helper);
        view.restored(position);
        if (isQuiet && saved != null) {
            view.beQuiet(saved);
            return;
        }
        view.deriveRows(position, saved, helper);
        if (saved != null && !saved.equals(view.derivedRows())) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the groups of \"" + view.plan().name() + "\" give other rows than they gave when they were saved");
        }
    }

    /** Null when all rows are there instead, as they were in earlier versions. */
    private static @Nullable DerivedRows derivedRows(StandingView view, CheckpointFile file) throws IOException {
        DerivedRows[] rows = new DerivedRows[1];
        file.read(
                view.id(),
                item -> item == SavedView.DERIVED,
                (item, content) -> rows[0] = DerivedRows.read(new StateReader(content)));
        return rows[0];
    }

    private static void restoreContents(StandingView view, CheckpointFile file) {
        try {
            file.read(
                    view.id(),
                    item -> item == SavedView.CONTENTS,
                    (item, content) -> view.contents().restore(new StateReader(content)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void restoreOperators(StandingView view, List<CheckpointFile> files, Executor helper)
            throws IOException {
        List<SavedState> states = view.circuit().states();
        byte[][] times = new byte[1][];
        for (CheckpointFile file : files) {
            times[0] = null; // of the last file
            file.read(view.id(), SavedView::isOperators, helper, (item, content) -> {
                if (item == SavedView.TIMES) {
                    times[0] = content;
                } else if (item < SavedView.FIRST_OPERATOR + states.size()) {
                    SavedState state = states.get(item - SavedView.FIRST_OPERATOR);
                    StateReader block = new StateReader(content);
                    while (block.hasMore()) {
                        state.restore(block);
                    }
                } else {
                    throw new MillraceException(
                            ErrorCode.DATA_CORRUPTED, "checkpoint " + file.position() + " has a state of no operator");
                }
            });
        }
        if (times[0] == null) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the checkpoint has no times of \"" + view.plan().name() + "\"");
        }
        states.forEach(SavedState::restored);
        view.circuit().restoreTimes(new StateReader(times[0]));
    }
}
