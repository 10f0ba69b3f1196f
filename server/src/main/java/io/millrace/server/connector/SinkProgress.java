package io.millrace.server.connector;

import io.millrace.executor.log.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far sinks have come that had nothing to write for a while: a file for each says that between the position of its last
 * group and another one nothing has changed. Without it a sink whose query is silent would need, after a restart, all steps since
 * it wrote last, and nothing could be forgotten. A file that is missing or damaged, or tells of another group, does no harm.
 *
 * <pre>
 * sinks/7      after 52 nothing up to 9120 6b1ff0c3
 * </pre>
 *
 * Thread-safe.
 */
final class SinkProgress {
    private static final Logger LOGGER = LoggerFactory.getLogger(SinkProgress.class);
    private static final Pattern FORM =
            Pattern.compile("(after (\\d{1,18}) nothing up to (\\d{1,18})) ([0-9a-f]{8})\\s*");

    private final Path directory;
    private final boolean isKept;

    /**
     * @param data the data directory
     * @param isSynced whether positions that have been seen stay: else one may be given again, to a step with changes, and nothing
     *     is remembered
     */
    SinkProgress(Path data, boolean isSynced) {
        isKept = isSynced;
        directory = data.resolve("sinks");
    }

    /** The position after which a sink goes on whose last group ends at another. */
    long after(long sinkId, long committed) {
        Path file = file(sinkId);
        try {
            if (isKept && Files.exists(file)) {
                Matcher known = FORM.matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                if (known.matches()
                        && known.group(4).equals(sum(known.group(1)))
                        && Long.parseLong(known.group(2)) == committed) {
                    return Math.max(committed, Long.parseLong(known.group(3)));
                }
            }
        } catch (IOException unreadable) {
            LOGGER.warn("{} cannot be read, and more is computed again: {}", file, unreadable.toString());
        }
        return committed;
    }

    /** Remembers, durably when this returns true, that nothing has changed between two positions. */
    boolean save(long sinkId, long committed, long reached) throws IOException {
        if (!isKept) {
            return false;
        }
        String text = String.format(Locale.ROOT, "after %d nothing up to %d", committed, reached);
        Durable.createDirectories(directory);
        Durable.replace(
                directory, Long.toString(sinkId), (text + " " + sum(text) + "\n").getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    /** Of a sink that is no more; nobody reads what stays. */
    void forget(long sinkId) {
        try {
            Files.deleteIfExists(file(sinkId));
        } catch (IOException failure) {
            LOGGER.warn("{} cannot be deleted: {}", file(sinkId), failure.toString());
        }
    }

    private Path file(long sinkId) {
        return directory.resolve(Long.toString(sinkId));
    }

    private static String sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
