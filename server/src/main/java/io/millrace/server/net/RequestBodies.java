package io.millrace.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Joins the parts of a request, up to a limit. */
final class RequestBodies extends HttpObjectAggregator {
    private final RequestGuard guard;

    RequestBodies(int maxBytes, RequestGuard guard) {
        super(maxBytes, true);
        this.guard = guard;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        guard.refuse(ctx, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "request body is too large");
    }
}
