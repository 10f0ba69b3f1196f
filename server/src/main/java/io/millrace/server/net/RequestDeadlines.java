package io.millrace.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes connections whose client takes too long to send; never one that waits for an answer of ours. */
final class RequestDeadlines extends ChannelInboundHandlerAdapter {
    static final String HEADER_TIMEOUT = "limits.header-timeout";
    static final String BODY_TIMEOUT = "limits.body-timeout";

    private enum Phase {
        CONNECTED,
        HEAD,
        BODY,
        ANSWERING,
        IDLE
    }

    private final NetworkSettings settings;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;
    private Phase phase = Phase.CONNECTED;

    RequestDeadlines(NetworkSettings settings) {
        this.settings = settings;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        enter(Phase.CONNECTED, settings.headerTimeout());
        super.channelActive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (phase == Phase.IDLE || phase == Phase.CONNECTED) {
            enter(Phase.HEAD, settings.headerTimeout());
        }
        super.channelRead(ctx, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        enter(Phase.ANSWERING, null);
        super.channelInactive(ctx);
    }

    void headRead() {
        enter(Phase.BODY, settings.bodyTimeout());
    }

    void requestRead() {
        enter(Phase.ANSWERING, null);
    }

    void answered() {
        if (phase == Phase.ANSWERING) {
            enter(Phase.IDLE, settings.idleTimeout());
        }
    }

    private void enter(Phase next, @Nullable Duration limit) {
        phase = next;
        Future<?> previous = timer;
        if (previous != null) {
            previous.cancel(false);
            timer = null;
        }
        ChannelHandlerContext ctx = context;
        if (limit != null && ctx != null) {
            timer = ctx.executor().schedule(() -> expire(ctx), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        if (phase == Phase.HEAD || phase == Phase.BODY) {
            String key = phase == Phase.HEAD ? HEADER_TIMEOUT : BODY_TIMEOUT;
            phase = Phase.ANSWERING;
            ChannelHandlerContext encoder = ctx.pipeline().lastContext();
            HttpExchangeHandler.refuse(
                    encoder == null ? ctx : encoder,
                    HttpResponseStatus.REQUEST_TIMEOUT,
                    "request took too long to arrive: " + key);
            return;
        }
        ctx.close();
    }
}
