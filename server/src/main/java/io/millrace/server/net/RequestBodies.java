package io.millrace.server.net;

import io.millrace.settings.ByteSize;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Joins the parts of a request, up to a limit. */
final class RequestBodies extends HttpObjectAggregator {
    private final ByteSize limit;
    private final RequestGuard guard;

    RequestBodies(ByteSize limit, RequestGuard guard) {
        super((int) limit.bytes(), true);
        this.limit = limit;
        this.guard = guard;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        guard.refuse(
                ctx,
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "request body is larger than the limit of " + limit + ": " + RequestGuard.REQUEST_SIZE);
    }
}
