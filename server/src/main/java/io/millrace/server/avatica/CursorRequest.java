package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What our driver sends to fetch or cancel: {@code u8 version | UTF connection id | i32 statement id}, and more. */
record CursorRequest(String connectionId, int statementId) {

    /** Reads from the start of {@code body} and leaves what follows. */
    static CursorRequest read(ByteBuf body) {
        try {
            int version = body.readUnsignedByte();
            if (version != ResultFrames.VERSION) {
                throw new MillraceException(
                        ErrorCode.PROTOCOL_VIOLATION, "version " + version + " of a fetch is not known here");
            }
            int length = body.readUnsignedShort();
            String connectionId = body.readCharSequence(length, StandardCharsets.UTF_8).toString();
            return new CursorRequest(connectionId, body.readInt());
        } catch (IndexOutOfBoundsException tooShort) {
            throw malformed(tooShort);
        }
    }

    static MillraceException malformed(RuntimeException cause) {
        return new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "malformed request", cause);
    }
}
