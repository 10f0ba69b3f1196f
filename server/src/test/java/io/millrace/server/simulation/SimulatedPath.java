package io.millrace.server.simulation;

import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A path on a simulated disk. */
record SimulatedPath(SimulatedFileSystem files, boolean isAbsolute, List<String> names) implements Path {
    private SimulatedPath with(List<String> others) {
        return new SimulatedPath(files, isAbsolute, List.copyOf(others));
    }

    private static SimulatedPath of(Path path) {
        return (SimulatedPath) path;
    }

    @Override
    public SimulatedFileSystem getFileSystem() {
        return files;
    }

    @Override
    public Path getRoot() {
        return isAbsolute ? with(List.of()) : null;
    }

    @Override
    public Path getFileName() {
        return names.isEmpty() ? null : getName(names.size() - 1);
    }

    @Override
    public Path getParent() {
        return names.isEmpty() || (names.size() == 1 && !isAbsolute) ? null : with(names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return new SimulatedPath(files, false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int begin, int end) {
        return new SimulatedPath(files, false, List.copyOf(names.subList(begin, end)));
    }

    @Override
    public boolean startsWith(Path other) {
        SimulatedPath path = of(other);
        return path.isAbsolute == isAbsolute
                && path.names.size() <= names.size()
                && names.subList(0, path.names.size()).equals(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        SimulatedPath path = of(other);
        int from = names.size() - path.names.size();
        return from >= 0
                && !path.isAbsolute
                && names.subList(from, names.size()).equals(path.names);
    }

    @Override
    public Path normalize() {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            if (name.equals("..") && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            } else if (!name.equals(".")) {
                kept.add(name);
            }
        }
        return with(kept);
    }

    @Override
    public Path resolve(Path other) {
        SimulatedPath path = of(other);
        if (path.isAbsolute) {
            return path;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(path.names);
        return with(all);
    }

    @Override
    public Path relativize(Path other) {
        SimulatedPath path = of(other);
        int same = 0;
        while (same < names.size()
                && same < path.names.size()
                && names.get(same).equals(path.names.get(same))) {
            same++;
        }
        List<String> way = new ArrayList<>();
        for (int i = same; i < names.size(); i++) {
            way.add("..");
        }
        way.addAll(path.names.subList(same, path.names.size()));
        return new SimulatedPath(files, false, List.copyOf(way));
    }

    @Override
    public URI toUri() {
        return URI.create("simulated://" + this);
    }

    @Override
    public Path toAbsolutePath() {
        return new SimulatedPath(files, true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath().normalize();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw SimulatedDisk.lacks("register");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (isAbsolute ? "/" : "") + String.join("/", names);
    }
}
