package io.millrace.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets only well-formed HTTP/1.1 requests through; anything else is answered once, and the connection closed. */
final class RequestGuard extends ChannelInboundHandlerAdapter {
    static final String REQUEST_SIZE = "limits.request-size";
    static final String REQUEST_MEMORY = "limits.request-memory";

    private final RequestDeadlines deadlines;
    private final HttpExchangeHandler exchanges;
    private final RequestMemory.Account account;
    private boolean refused;

    RequestGuard(RequestDeadlines deadlines, HttpExchangeHandler exchanges, RequestMemory.Account account) {
        this.account = account;
        this.deadlines = deadlines;
        this.exchanges = exchanges;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (refused || !(message instanceof HttpObject part)) {
            ReferenceCountUtil.release(message);
            return;
        }
        HttpResponseStatus refusal = refusal(part);
        if (refusal == null
                && part instanceof HttpContent content
                && !account.read(content.content().readableBytes())) {
            refusal = HttpResponseStatus.TOO_MANY_REQUESTS;
        }
        if (refusal == null) {
            if (part instanceof HttpRequest) {
                deadlines.headRead();
            }
            super.channelRead(ctx, message);
            return;
        }
        String reason = reason(part, refusal);
        ReferenceCountUtil.release(message);
        refuse(ctx, refusal, reason);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        refused = true;
        account.abandon();
        super.channelInactive(ctx);
    }

    void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
        refused = true;
        account.abandon();
        deadlines.requestRead();
        // an answer now would be taken for that of the request before
        if (exchanges.isBusy()) {
            ctx.close();
            return;
        }
        HttpExchangeHandler.refuse(ctx, status, reason);
    }

    private static @Nullable HttpResponseStatus refusal(HttpObject part) {
        DecoderResult decoded = part.decoderResult();
        if (decoded.isFailure()) {
            Throwable cause = decoded.cause();
            if (cause instanceof TooLongHttpLineException) {
                return HttpResponseStatus.REQUEST_URI_TOO_LONG;
            }
            return cause instanceof TooLongHttpHeaderException
                    ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                    : HttpResponseStatus.BAD_REQUEST;
        }
        return part instanceof HttpRequest request ? headRefusal(request) : null;
    }

    private static @Nullable HttpResponseStatus headRefusal(HttpRequest request) {
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.POST)) {
            return HttpResponseStatus.METHOD_NOT_ALLOWED;
        }
        HttpHeaders headers = request.headers();
        if (headers.getAll(HttpHeaderNames.HOST).size() != 1
                || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                        && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            return HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE;
        }
        // only browsers send it: a web page must not reach a server on the user's own machine
        return headers.contains(HttpHeaderNames.ORIGIN) ? HttpResponseStatus.FORBIDDEN : null;
    }

    private static String reason(HttpObject part, HttpResponseStatus status) {
        if (status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
            return "too many large requests at once: " + REQUEST_MEMORY;
        }
        if (status.equals(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE)) {
            return "a content encoding is not supported";
        }
        if (part.decoderResult().isFailure()) {
            return status.equals(HttpResponseStatus.BAD_REQUEST)
                    ? "malformed request: Millrace speaks HTTP/1.1"
                    : status.reasonPhrase().toLowerCase(Locale.ROOT);
        }
        return status.reasonPhrase().toLowerCase(Locale.ROOT);
    }
}
