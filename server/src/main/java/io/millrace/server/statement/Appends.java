package io.millrace.server.statement;

import io.millrace.catalog.StoredRelation;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.work.Waits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Waits for appends to streams. */
final class Appends {
    private Appends() {}

    static AppendResult await(CompletableFuture<AppendResult> append, StoredRelation stream) {
        try {
            return Waits.join(append);
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause
                    ? cause
                    : new MillraceException(
                            ErrorCode.IO_ERROR, "stream \"" + stream.name() + "\" could not be written", failure);
        }
    }
}
