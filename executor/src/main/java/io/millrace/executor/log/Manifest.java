package io.millrace.executor.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a log knew of itself at some time, in one file that is replaced as a whole. Blocks above {@code index} may follow,
 * unless it is {@code clean}: then what follows was never acknowledged.
 *
 * <pre>
 * magic 4 | version 4 | CRC32C of the rest 4 | clean 1 | schema id 4 | generations { number 4, first LSN 8 } | index
 * </pre>
 *
 * In version 1 producers had no epoch.
 */
record Manifest(boolean clean, int schemaId, List<GenerationStart> generations, LogIndex index) {
    static final String FILE_NAME = "manifest";
    private static final int MAGIC = 0x4D524D31; // MRM1
    private static final int VERSION = 2;
    private static final int OLDEST_VERSION = 1;
    /** The first version that tells where the log begins. */
    static final int WITH_START = 2;

    /** The first version whose producers have epochs. */
    static final int WITH_EPOCHS = 2;

    private static final int PREFIX_BYTES = 12;

    /** A generation holds the blocks from its first LSN to the first LSN of the next generation. */
    record GenerationStart(int number, long firstLsn) {}

    void write(Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[PREFIX_BYTES]);
        out.writeBoolean(clean);
        out.writeInt(schemaId);
        out.writeInt(generations.size());
        for (GenerationStart generation : generations) {
            out.writeInt(generation.number());
            out.writeLong(generation.firstLsn());
        }
        index.write(out);
        byte[] content = bytes.toByteArray();
        ByteBuffer.wrap(content).putInt(MAGIC).putInt(VERSION).putInt(checksum(content));
        Durable.replace(directory, FILE_NAME, content);
    }

    /** Null when it is damaged. */
    static @Nullable Manifest read(Path directory) throws IOException {
        byte[] content = Files.readAllBytes(directory.resolve(FILE_NAME));
        if (content.length <= PREFIX_BYTES) {
            return null;
        }
        ByteBuffer prefix = ByteBuffer.wrap(content);
        boolean isManifest = prefix.getInt() == MAGIC;
        int version = prefix.getInt();
        boolean isWhole = prefix.getInt() == checksum(content);
        if (!isManifest || version < OLDEST_VERSION || version > VERSION || !isWhole) {
            return null;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        in.skipNBytes(PREFIX_BYTES);
        boolean clean = in.readBoolean();
        int schemaId = in.readInt();
        int count = in.readInt();
        List<GenerationStart> generations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            generations.add(new GenerationStart(in.readInt(), in.readLong()));
        }
        return new Manifest(clean, schemaId, generations, LogIndex.read(in, version));
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(Arrays.copyOfRange(content, PREFIX_BYTES, content.length));
        return (int) crc.getValue();
    }
}
