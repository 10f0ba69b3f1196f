package io.millrace.server.simulation;

import io.millrace.executor.log.BlockStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Blocks one behind the other in one file. */
final class PlainBlocks implements BlockStore {
    private final Path file;
    private final FileChannel channel;
    /** Where documents begin, as far as they have been looked at; the last is where the next begins. */
    private final List<Long> positions = new ArrayList<>(List.of(0L));

    PlainBlocks(Path directory) {
        try {
            Files.createDirectories(directory);
            file = directory.resolve("blocks.cq4");
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0: there is none. */
    private int length(long position) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        return channel.read(header, position) < 4 ? 0 : header.getInt(0);
    }

    /** -1: it is not there. */
    private long position(long index) throws IOException {
        while (positions.size() <= index) {
            long last = positions.get(positions.size() - 1);
            int length = length(last);
            if (length <= 0) {
                return -1;
            }
            positions.add(end(last, length));
        }
        return positions.get((int) index);
    }

    private static long end(long position, int length) {
        return (position + 4 + length + 3) & ~3L;
    }

    @Override
    public Appender appender() {
        return new PlainAppender();
    }

    @Override
    public Tailer tailer() {
        return new PlainTailer();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class PlainAppender implements Appender {
        @Override
        public long append(byte[] block, int length) throws IOException {
            int index = positions.size() - 1;
            long at = positions.get(index);
            ByteBuffer bytes = ByteBuffer.allocate(4 + length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .put(block, 0, length);
            channel.write(bytes.flip(), at);
            positions.add(end(at, length));
            return index;
        }

        @Override
        public Path file() {
            return file;
        }

        @Override
        public void close() {}
    }

    private final class PlainTailer implements Tailer {
        private long index;

        @Override
        public boolean moveTo(long newIndex) {
            try {
                index = newIndex;
                long position = position(newIndex);
                return position >= 0 && length(position) > 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void moveToStart() {
            index = 0;
        }

        @Override
        public Document next(Buffers buffers) throws IOException {
            long position = position(index);
            int length = position < 0 ? 0 : length(position);
            if (length == 0) {
                return null;
            }
            byte[] buffer = buffers.ofAtLeast(length);
            boolean isRead = buffer != null && channel.read(ByteBuffer.wrap(buffer, 0, length), position + 4) == length;
            return new Document(index++, position + 4, isRead ? length : -1);
        }

        @Override
        public Path file() {
            return file;
        }

        @Override
        public void close() {}
    }
}
