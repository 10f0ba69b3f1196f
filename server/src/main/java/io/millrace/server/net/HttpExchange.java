package io.millrace.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A request and the way to answer it, once, from any thread. */
public final class HttpExchange {
    public static final String TEXT = "text/plain; charset=utf-8";

    private final HttpExchangeHandler handler;
    private final FullHttpRequest request;
    private final Peer peer;
    private final EventExecutor eventLoop;
    private final Runnable onAnswer;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** @param onAnswer runs once, when the request needs its memory no more */
    HttpExchange(
            HttpExchangeHandler handler,
            FullHttpRequest request,
            Peer peer,
            EventExecutor eventLoop,
            Runnable onAnswer) {
        this.onAnswer = onAnswer;
        this.handler = handler;
        this.request = request;
        this.peer = peer;
        this.eventLoop = eventLoop;
    }

    /** The request's body; valid until {@link HttpEndpoint#handle} returns. */
    public ByteBuf body() {
        return request.content();
    }

    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    public Peer peer() {
        return peer;
    }

    /** Runs what concerns this connection; never block it. */
    public EventExecutor eventLoop() {
        return eventLoop;
    }

    /** Answers; {@code content} then belongs to the exchange. The first answer counts. */
    public void respond(int status, String contentType, ByteBuf content) {
        respond(status, contentType, Map.of(), content);
    }

    private void respond(int status, String contentType, Map<String, List<String>> headers, ByteBuf content) {
        if (!answered.compareAndSet(false, true)) {
            content.release();
            return;
        }
        onAnswer.run();
        if (eventLoop.inEventLoop()) {
            handler.answer(HttpResponseStatus.valueOf(status), contentType, headers, content);
            return;
        }
        eventLoop.execute(() -> handler.answer(HttpResponseStatus.valueOf(status), contentType, headers, content));
    }

    /** Answers with headers besides, which may have several values. */
    public void respond(int status, String contentType, Map<String, List<String>> headers, byte[] content) {
        respond(status, contentType, headers, Unpooled.wrappedBuffer(content));
    }

    /** There is nothing for the request's method. */
    void refuseMethod(Set<String> allowed) {
        respond(
                HttpResponseStatus.METHOD_NOT_ALLOWED.code(),
                TEXT,
                Map.of(HttpHeaderNames.ALLOW.toString(), List.of(String.join(", ", allowed))),
                "method not allowed\n".getBytes(StandardCharsets.UTF_8));
    }

    public void respond(int status, String contentType, byte[] content) {
        respond(status, contentType, Unpooled.wrappedBuffer(content));
    }

    public void respondText(int status, String text) {
        respond(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}
