package io.millrace.server.simulation;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The paths of a simulated disk, so that what uses {@code java.nio.file} need not know of it. */
final class SimulatedFileSystem extends FileSystem {
    private final SimulatedFiles provider;

    SimulatedFileSystem(SimulatedDisk disk) {
        provider = new SimulatedFiles(disk);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public Path getPath(String first, String... more) {
        String all = more.length == 0 ? first : first + "/" + String.join("/", more);
        List<String> names =
                Arrays.stream(all.split("/")).filter(name -> !name.isEmpty()).toList();
        return new SimulatedPath(this, all.startsWith("/"), names);
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        throw SimulatedDisk.lacks("getPathMatcher");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw SimulatedDisk.lacks("getUserPrincipalLookupService");
    }

    @Override
    public WatchService newWatchService() {
        throw SimulatedDisk.lacks("newWatchService");
    }
}
