package io.millrace.server.simulation;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be done with the files of a simulated disk. */
final class SimulatedFiles extends FileSystemProvider {
    private final SimulatedDisk disk;

    SimulatedFiles(SimulatedDisk disk) {
        this.disk = disk;
    }

    private SimulatedNode find(Path path) {
        SimulatedNode node = disk.root();
        for (String name : ((SimulatedPath) path).names()) {
            if (!(node instanceof SimulatedDirectory directory)) {
                return null;
            }
            node = directory.get(name);
        }
        return node;
    }

    private SimulatedNode get(Path path) throws NoSuchFileException {
        SimulatedNode node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    private SimulatedDirectory directory(Path path) throws IOException {
        if (get(path) instanceof SimulatedDirectory directory) {
            return directory;
        }
        throw new NotDirectoryException(path.toString());
    }

    private SimulatedDirectory parent(Path path) throws IOException {
        return directory(path.toAbsolutePath().getParent());
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        SimulatedNode node = find(path);
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        if (node != null && options.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (node == null) {
            if (!options.contains(StandardOpenOption.CREATE) && !options.contains(StandardOpenOption.CREATE_NEW)) {
                throw new NoSuchFileException(path.toString());
            }
            SimulatedDirectory parent = parent(path);
            disk.operation();
            node = new SimulatedFile();
            parent.put(name(path), node);
        } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING) && node instanceof SimulatedFile file) {
            disk.operation();
            file.resize(0);
        }
        SimulatedChannel channel = new SimulatedChannel(disk, node, writes);
        if (options.contains(StandardOpenOption.APPEND)) {
            channel.position(channel.size());
        }
        return channel;
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        List<Path> content = new ArrayList<>();
        for (String name : directory(path).names()) {
            Path each = path.resolve(name);
            if (filter.accept(each)) {
                content.add(each);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return content.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        if (find(path) != null) {
            throw new FileAlreadyExistsException(path.toString());
        }
        SimulatedDirectory parent = parent(path);
        disk.operation();
        parent.put(name(path), new SimulatedDirectory());
    }

    @Override
    public void delete(Path path) throws IOException {
        if (get(path) instanceof SimulatedDirectory directory && !directory.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        disk.operation();
        parent(path).remove(name(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw SimulatedDisk.lacks("copy");
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        SimulatedNode node = get(from);
        SimulatedDirectory source = parent(from);
        SimulatedDirectory target = parent(to);
        disk.operation();
        if (source == target) {
            source.rename(name(from), name(to));
        } else {
            target.put(name(to), node);
            source.remove(name(from));
        }
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return find(path) == find(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw SimulatedDisk.lacks("getFileStore");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (find(path) == null) {
            throw new IsNotThere(path);
        }
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return type.cast(new Attributes(get(path)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw SimulatedDisk.lacks("readAttributes");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw SimulatedDisk.lacks("setAttribute");
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw SimulatedDisk.lacks("newFileSystem");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw SimulatedDisk.lacks("getFileSystem");
    }

    @Override
    public Path getPath(URI uri) {
        throw SimulatedDisk.lacks("getPath");
    }

    /** The answer to a question that is often asked; what has failed has a stack trace. */
    private static final class IsNotThere extends NoSuchFileException {
        IsNotThere(Path path) {
            super(path.toString());
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    private record Attributes(SimulatedNode node) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public FileTime creationTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public boolean isRegularFile() {
            return node instanceof SimulatedFile;
        }

        @Override
        public boolean isDirectory() {
            return node instanceof SimulatedDirectory;
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return node instanceof SimulatedFile file ? file.size() : 0;
        }

        @Override
        public Object fileKey() {
            return node;
        }
    }
}
