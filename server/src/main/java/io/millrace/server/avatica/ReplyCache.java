package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The replies to numbered requests: one that is sent again, because its reply was lost, gets the same reply and is not
 * carried out twice. A request that found no connection or statement may come again for new ones. Bounded: the oldest
 * are forgotten. Thread-safe.
 */
final class ReplyCache {
    private static final int MAX_REPLIES = 10_000;
    private static final long MAX_BYTES = 32 << 20;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    private record Entry(int length, long checksum, CompletableFuture<Reply> reply) {}

    /**
     * Null when the request is new: the caller carries it out and calls {@link #complete}.
     *
     * @throws MillraceException when another request had the same number
     */
    @Nullable
    synchronized CompletableFuture<Reply> claim(String number, byte[] message) {
        CRC32C checksum = new CRC32C();
        checksum.update(message);
        Entry known = entries.get(number);
        if (known == null) {
            entries.put(number, new Entry(message.length, checksum.getValue(), new CompletableFuture<>()));
            return null;
        }
        if (known.length() != message.length || known.checksum() != checksum.getValue()) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "request \"" + number + "\" was sent before with other content");
        }
        return known.reply();
    }

    void complete(String number, Reply reply) {
        Entry entry;
        synchronized (this) {
            entry = reply.carriedOut() ? entries.get(number) : entries.remove(number);
            if (reply.carriedOut()) {
                bytes += reply.body().length;
                evict(number);
            }
        }
        if (entry != null) {
            entry.reply().complete(reply);
        }
    }

    private void evict(String newest) {
        Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
        while ((entries.size() > MAX_REPLIES || bytes > MAX_BYTES) && oldest.hasNext()) {
            Map.Entry<String, Entry> entry = oldest.next();
            Reply reply = entry.getValue().reply().getNow(null);
            if (reply != null && !entry.getKey().equals(newest)) {
                bytes -= reply.body().length;
                oldest.remove();
            }
        }
    }
}
