package io.millrace.executor.log;

import io.millrace.executor.column.Batch;
import io.millrace.plan.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads whatever blocks are whole in a log that nobody has open, also those behind damage. */
public final class SalvagedBlocks {
    private SalvagedBlocks() {}

    /** @param into takes the blocks, those of one file in their order; a batch is valid during the call */
    public static void read(Path directory, List<DataType> columnTypes, Consumer<Batch> into) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        int schemaId = BlockEncoder.schemaId(columnTypes);
        BlockBatch batch = new BlockBatch(columnTypes);
        for (int number : Generation.numbers(directory)) {
            Generation generation =
                    new Generation(directory, new Manifest.GenerationStart(number, 0), ChronicleStore.opener(() -> 0));
            for (Path file : generation.files()) {
                FoundBlocks found = FoundBlocks.in(List.of(file), 0);
                for (Long lsn = found.ceiling(0); lsn != null; lsn = found.ceiling(lsn + 1)) {
                    byte[] block = found.read(lsn);
                    if (block != null && BlockCodec.schemaId(block) == schemaId) {
                        batch.show(block);
                        into.accept(batch);
                    }
                }
            }
        }
    }
}
