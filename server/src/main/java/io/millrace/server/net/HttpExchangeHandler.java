package io.millrace.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the requests of one connection to their endpoints, one at a time and in order; the channel keeps reading
 * meanwhile, because that is how a client that goes away is noticed.
 */
final class HttpExchangeHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchangeHandler.class);
    private static final int MAX_WAITING = 64;

    private final HttpRoutes routes;
    private final RequestDeadlines deadlines;
    private final HttpTraffic traffic;
    private final ConnectionTable table;
    private final RequestMemory memory;
    private final RequestMemory.Account account;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Peer peer;
    private boolean busy;
    private boolean keepAlive;

    /** @param bytes of memory to release when it is answered, or dropped */
    private record Waiting(FullHttpRequest request, long bytes) {}

    HttpExchangeHandler(
            HttpRoutes routes,
            RequestDeadlines deadlines,
            ConnectionTable table,
            RequestMemory memory,
            RequestMemory.Account account,
            HttpTraffic traffic) {
        this.table = table;
        this.memory = memory;
        this.account = account;
        this.routes = routes;
        this.deadlines = deadlines;
        this.traffic = traffic;
    }

    /** True while a request is being answered. */
    boolean isBusy() {
        return busy;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        table.heard(ctx.channel());
        long bytes = account.handOver();
        if (!busy) {
            start(ctx, request.retain(), bytes);
            return;
        }
        if (waiting.size() == MAX_WAITING) {
            memory.release(bytes);
            ctx.close();
            return;
        }
        waiting.add(new Waiting(request.retain(), bytes));
        ctx.channel().config().setAutoRead(false);
    }

    private void start(ChannelHandlerContext ctx, FullHttpRequest request, long bytes) {
        busy = true;
        keepAlive = HttpUtil.isKeepAlive(request);
        deadlines.requestRead();
        Peer client = peer;
        if (client == null) {
            client = new Peer(ctx.channel());
            peer = client;
        }
        HttpExchange exchange = new HttpExchange(this, request, client, ctx.executor(), () -> memory.release(bytes));
        try {
            route(request, exchange);
        } catch (Throwable failure) {
            LOG.error("a request to {} failed", request.uri(), failure);
            exchange.respondText(500, "internal error\n");
        } finally {
            request.release();
        }
    }

    private void route(FullHttpRequest request, HttpExchange exchange) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        Map<String, HttpEndpoint> methods = routes.methods(query < 0 ? uri : uri.substring(0, query));
        if (methods == null) {
            exchange.respondText(404, "not found\n");
            return;
        }
        HttpEndpoint endpoint = methods.get(request.method().name());
        if (endpoint == null) {
            exchange.refuseMethod(methods.keySet());
            return;
        }
        endpoint.handle(exchange);
    }

    /** @param headers besides those that every answer has */
    void answer(HttpResponseStatus status, String contentType, Map<String, List<String>> headers, ByteBuf content) {
        ChannelHandlerContext ctx = context;
        if (ctx == null || !ctx.channel().isActive()) {
            content.release();
            return;
        }
        traffic.responded(status);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        headers.forEach((name, values) -> response.headers().set(name, values));
        if (!keepAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        ctx.writeAndFlush(response).addListener(written -> {
            if (written.isSuccess()) {
                answered(ctx);
                return;
            }
            ctx.close();
        });
    }

    private void answered(ChannelHandlerContext ctx) {
        busy = false;
        if (!keepAlive) {
            ctx.close();
            return;
        }
        Waiting next = waiting.poll();
        if (next != null) {
            start(ctx, next.request(), next.bytes());
            return;
        }
        deadlines.answered();
        ctx.channel().config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        waiting.forEach(dropped -> {
            dropped.request().release();
            memory.release(dropped.bytes());
        });
        waiting.clear();
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection from {} failed", ctx.channel().remoteAddress(), cause);
        ctx.close();
    }

    /** Answers what is not worth an exchange and closes, having drained what the client still sends. */
    static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
        ByteBuf content = text(reason + "\n");
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, HttpExchange.TEXT)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) LingeringClose::close);
    }

    private static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }
}
