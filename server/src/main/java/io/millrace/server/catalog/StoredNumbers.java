package io.millrace.server.catalog;

import io.millrace.executor.column.LongColumn;
import io.millrace.executor.log.SalvagedBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The numbers of streams and tables that the log of a catalog tells of, which nobody has open. */
public final class StoredNumbers {
    private static final int ID = 1;

    private StoredNumbers() {}

    /** Of what is there, and of what has been dropped. */
    public static Set<Long> read(Path catalogLog) throws IOException {
        Set<Long> numbers = new TreeSet<>();
        SalvagedBlocks.read(catalogLog, CatalogLog.columnTypes(), block -> {
            LongColumn ids = (LongColumn) block.column(ID);
            for (int row = 0; row < block.rowCount(); row++) {
                numbers.add(ids.get(row));
            }
        });
        return numbers;
    }
}
