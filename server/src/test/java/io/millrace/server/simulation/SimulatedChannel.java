package io.millrace.server.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file, or an open directory, of which only the names can be forced. */
final class SimulatedChannel extends FileChannel {
    private final SimulatedDisk disk;
    private final SimulatedNode node;
    private final boolean isWritable;

    private long position;

    SimulatedChannel(SimulatedDisk disk, SimulatedNode node, boolean isWritable) {
        this.disk = disk;
        this.node = node;
        this.isWritable = isWritable;
    }

    private SimulatedFile file() throws IOException {
        if (node instanceof SimulatedFile file) {
            return file;
        }
        throw new IOException("Is a directory");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int read = read(into, position);
        position += Math.max(read, 0);
        return read;
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
        return file().read(Math.toIntExact(at), into);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        long read = 0;
        for (int i = offset; i < offset + length; i++) {
            read += Math.max(0, read(into[i]));
        }
        return read;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int written = write(from, position);
        position += written;
        return written;
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
        if (!isWritable) {
            throw new NonWritableChannelException();
        }
        disk.operation();
        byte[] bytes = new byte[from.remaining()];
        from.get(bytes);
        file().write(Math.toIntExact(at), bytes);
        return bytes.length;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(from[i]);
        }
        return written;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        return file().size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.operation();
        if (size < file().size()) {
            file().resize(Math.toIntExact(size));
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.operation();
        if (node instanceof SimulatedDirectory directory) {
            directory.force();
        } else {
            file().force();
        }
        disk.forced();
    }

    @Override
    public long transferTo(long at, long count, WritableByteChannel target) {
        throw SimulatedDisk.lacks("transferTo");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) {
        throw SimulatedDisk.lacks("transferFrom");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw SimulatedDisk.lacks("map");
    }

    @Override
    public FileLock lock(long at, long size, boolean shared) {
        return tryLock(at, size, shared);
    }

    @Override
    public FileLock tryLock(long at, long size, boolean shared) {
        return new FileLock(this, at, size, shared) {
            @Override
            public boolean isValid() {
                return isOpen();
            }

            @Override
            public void release() {}
        };
    }

    @Override
    protected void implCloseChannel() {}
}
