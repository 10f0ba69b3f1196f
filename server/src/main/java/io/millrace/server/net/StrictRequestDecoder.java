package io.millrace.server.net;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Refuses a message with both lengths, by which requests are smuggled, instead of choosing one. */
final class StrictRequestDecoder extends HttpRequestDecoder {
    StrictRequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(NetworkSettings.MAX_REQUEST_LINE_BYTES)
                .setMaxHeaderSize(NetworkSettings.MAX_HEADER_BYTES)
                .setMaxChunkSize(64 << 10)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        message.setDecoderResult(DecoderResult.failure(
                new IllegalArgumentException("both content-length and transfer-encoding are given")));
    }
}
