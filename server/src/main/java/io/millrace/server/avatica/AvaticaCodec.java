package io.millrace.server.avatica;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.ProtobufTranslation;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** The two forms of Avatica's messages. */
enum AvaticaCodec {
    JSON("application/json;charset=utf-8") {
        @Override
        Service.Request decode(byte[] message) throws IOException {
            return MAPPER.readValue(message, Service.Request.class);
        }

        @Override
        byte[] encode(Service.Response response) throws IOException {
            return MAPPER.writeValueAsBytes(response);
        }
    },
    PROTOBUF("application/x-google-protobuf") {
        @Override
        Service.Request decode(byte[] message) throws IOException {
            return TRANSLATION.parseRequest(message);
        }

        @Override
        byte[] encode(Service.Response response) throws IOException {
            return TRANSLATION.serializeResponse(response);
        }
    };

    private static final ObjectMapper MAPPER = JsonService.MAPPER.copy();
    private static final ProtobufTranslation TRANSLATION = new ProtobufTranslationImpl();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(100)
                        .maxStringLength(8 << 20)
                        .build());
    }

    private final String contentType;

    AvaticaCodec(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    abstract Service.Request decode(byte[] message) throws IOException;

    abstract byte[] encode(Service.Response response) throws IOException;

    /** A response without content whose constructor Avatica keeps to itself. */
    static <T extends Service.Response> T empty(String name, Class<T> kind) {
        try {
            return MAPPER.readValue("{\"response\":\"" + name + "\"}", kind);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** JSON begins with a brace, which no protobuf message of the protocol does. */
    static AvaticaCodec of(byte[] message) {
        return message.length > 0 && message[0] == '{' ? JSON : PROTOBUF;
    }
}
