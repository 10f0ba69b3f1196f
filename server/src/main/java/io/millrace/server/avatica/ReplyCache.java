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

    /** @param refusal of one that was cancelled before it came; it never has a reply */
    private record Entry(
            int length,
            long checksum,
            CompletableFuture<Reply> reply,
            @Nullable MillraceException refusal) {}

    /**
     * Null when the request is new: the caller carries it out and calls {@link #complete}.
     *
     * @throws MillraceException when another request had the same number, or it was refused beforehand
     */
    @Nullable
    synchronized CompletableFuture<Reply> claim(String number, byte[] message) {
        CRC32C checksum = new CRC32C();
        checksum.update(message);
        Entry known = entries.get(number);
        if (known == null) {
            entries.put(number, new Entry(message.length, checksum.getValue(), new CompletableFuture<>(), null));
            return null;
        }
        if (known.refusal() != null) {
            throw known.refusal();
        }
        if (known.length() != message.length || known.checksum() != checksum.getValue()) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "request \"" + number + "\" was sent before with other content");
        }
        return known.reply();
    }

    /**
     * Done when the request has been carried out. One that has not come yet is done now: it fails with {@code reason} if
     * it ever comes.
     */
    synchronized CompletableFuture<?> refuse(String number, MillraceException reason) {
        Entry known = entries.get(number);
        if (known == null) {
            entries.put(number, new Entry(0, 0, new CompletableFuture<>(), reason));
            evict(number);
        }
        return known == null || known.refusal() != null ? CompletableFuture.completedFuture(true) : known.reply();
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
            boolean isOver = reply != null || entry.getValue().refusal() != null;
            if (isOver && !entry.getKey().equals(newest)) {
                bytes -= reply == null ? 0 : reply.body().length;
                oldest.remove();
            }
        }
    }
}
