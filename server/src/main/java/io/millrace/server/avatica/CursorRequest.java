package io.millrace.server.avatica;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** What our driver sends to fetch or cancel: {@code u8 version | UTF connection id | i32 statement id}, and more. */
record CursorRequest(String connectionId, int statementId) {

    /** Reads from the start of {@code body} and leaves what follows. */
    static CursorRequest read(ByteBuf body) {
        String connectionId = readConnection(body);
        if (body.readableBytes() < Integer.BYTES) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "malformed request");
        }
        return new CursorRequest(connectionId, body.readInt());
    }

    /** Reads the connection id alone. */
    static String readConnection(ByteBuf body) {
        try {
            int version = body.readUnsignedByte();
            if (version != ResultFrames.VERSION) {
                throw new MillraceException(
                        ErrorCode.PROTOCOL_VIOLATION, "version " + version + " of a fetch is not known here");
            }
            return DataInputStream.readUTF(new ByteBufInputStream(body));
        } catch (IOException | IndexOutOfBoundsException tooShort) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "malformed request", tooShort);
        }
    }
}
