package io.millrace.server.simulation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The names in a directory, those of them that are on disk, and the changes in between. */
final class SimulatedDirectory implements SimulatedNode {
    private final TreeMap<String, SimulatedNode> names = new TreeMap<>();
    private TreeMap<String, SimulatedNode> durable = new TreeMap<>();
    private List<Change> pending = new ArrayList<>();

    /**
     * What is there or not at once: a rename within a directory is one change.
     *
     * @param gone null when no name goes
     * @param name null when none comes
     */
    private record Change(String gone, String name, SimulatedNode node) {
        void apply(Map<String, SimulatedNode> to) {
            if (gone != null) {
                to.remove(gone);
            }
            if (name != null) {
                to.put(name, node);
            }
        }
    }

    SimulatedNode get(String name) {
        return names.get(name);
    }

    List<String> names() {
        return List.copyOf(names.keySet());
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    void put(String name, SimulatedNode node) {
        apply(new Change(null, name, node));
    }

    void remove(String name) {
        apply(new Change(name, null, null));
    }

    void rename(String from, String to) {
        apply(new Change(from, to, names.get(from)));
    }

    private void apply(Change change) {
        change.apply(names);
        pending.add(change);
    }

    void force() {
        durable = new TreeMap<>(names);
        pending = new ArrayList<>();
    }

    SimulatedDirectory after(CrashKind kind, SplittableRandom random) {
        return after(kind, random, new IdentityHashMap<>());
    }

    private SimulatedDirectory after(CrashKind kind, SplittableRandom random, Map<SimulatedNode, SimulatedNode> known) {
        SimulatedDirectory copy = new SimulatedDirectory();
        durable.forEach((name, node) -> copy.durable.put(name, copy(node, kind, random, known)));
        copy.names.putAll(copy.durable);
        for (Change change : pending) {
            if (kind == CrashKind.PROCESS_ENDS || (kind == CrashKind.ANYTHING_IS_LOST && random.nextBoolean())) {
                SimulatedNode node = change.node == null ? null : copy(change.node, kind, random, known);
                copy.apply(new Change(change.gone, change.name, node));
            }
        }
        if (kind != CrashKind.PROCESS_ENDS) {
            copy.force();
        }
        return copy;
    }

    /** A node that has two names, or had one before, is one node still. */
    private static SimulatedNode copy(
            SimulatedNode node, CrashKind kind, SplittableRandom random, Map<SimulatedNode, SimulatedNode> known) {
        SimulatedNode there = known.get(node);
        if (there == null) {
            there = node instanceof SimulatedDirectory directory
                    ? directory.after(kind, random, known)
                    : ((SimulatedFile) node).after(kind, random);
            known.put(node, there);
        }
        return there;
    }
}
