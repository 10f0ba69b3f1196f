package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Decides of appends that are about to be written whether they still may be. A producer that counts sends some ahead: when
 * one of them has failed, those after it leave a gap, and fail too.
 */
final class Admission {
    private final AppendQueue queue;
    private final LogState state;

    Admission(AppendQueue queue, LogState state) {
        this.queue = queue;
        this.state = state;
    }

    /** Those that may be written; {@code refuse} is given the others. */
    List<PendingAppend> admit(List<PendingAppend> group, BiConsumer<PendingAppend, MillraceException> refuse) {
        Map<UUID, ProducerEntry> lastOf = new HashMap<>();
        List<PendingAppend> admitted = new ArrayList<>(group.size());
        for (PendingAppend append : group) {
            if (append.producer == null || !append.producer.isNumbered()) {
                admitted.add(append);
                continue;
            }
            try {
                admit(append, append.producer, lastOf, admitted);
            } catch (MillraceException refused) {
                refuse.accept(append, refused);
            }
        }
        return admitted;
    }

    private void admit(
            PendingAppend append,
            ProducerSequence sent,
            Map<UUID, ProducerEntry> lastOf,
            List<PendingAppend> admitted) {
        ProducerEntry last = lastOf.get(sent.producer());
        if (last == null) {
            last = state.index().lastOf(sent.producer());
        }
        AppendResult made = queue.madeBeforeWriting(sent, last);
        if (made != null) {
            queue.finished(append);
            append.future.complete(made);
            return;
        }
        AppendResult expected = new AppendResult(-1, -1, append.rowCount, false);
        lastOf.put(sent.producer(), new ProducerEntry(sent.producer(), sent.epoch(), sent.sequence(), expected, 0));
        admitted.add(append);
    }
}
