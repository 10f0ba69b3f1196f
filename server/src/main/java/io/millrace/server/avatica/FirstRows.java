package io.millrace.server.avatica;

import io.millrace.plan.OutputColumn;
import io.millrace.server.net.HttpExchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are there when a statement has been executed, which go with its answer if the client wishes: most results
 * need no further request then. They stand behind the message, in the form of a fetch.
 */
final class FirstRows {
    /** How many the client wishes at most. */
    static final String WISH = "X-Millrace-First-Rows";
    /** At which byte of the answer's body they begin. */
    static final String PLACE = "X-Millrace-Rows-At";

    private final int wanted;
    private @Nullable String resumeToken;
    private @Nullable ResultFrame frame;
    private List<OutputColumn> columns = List.of();

    FirstRows(int wanted) {
        this.wanted = Math.min(wanted, FetchEndpoint.MAX_ROWS);
    }

    static FirstRows of(HttpExchange exchange) {
        return new FirstRows((int) Math.min(Integer.MAX_VALUE, CallLimits.number(exchange, WISH)));
    }

    /** Takes what is there, without waiting; fails as the query does if it has failed already. */
    void take(OpenResult result) {
        resumeToken = result.resumeToken();
        if (wanted > 0) {
            frame = result.take(0, wanted);
            columns = result.columns();
        }
    }

    /** By what the result can go on; null when there is none that can. */
    @Nullable
    String resumeToken() {
        return resumeToken;
    }

    /** The rows as bytes; null when none were wished or there is no result. */
    byte @Nullable [] bytes() {
        ResultFrame rows = frame;
        if (rows == null) {
            return null;
        }
        ByteBuf encoded = ResultFrames.encode(rows, columns, ByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.getBytes(encoded);
        } finally {
            encoded.release();
        }
    }
}
