package io.millrace.server.avatica;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Speaks the wire protocol by hand. */
final class WireClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final int port;
    final String connectionId;

    /** A frame, with the rest of the bytes still to be read; or an error. */
    record Frame(
            long offset,
            boolean done,
            int rowCount,
            int columnCount,
            DataInputStream in,
            String sqlState,
            String message) {
        boolean isError() {
            return sqlState != null;
        }

        /** The only column, of type LONG without nulls. */
        long[] longs() {
            try {
                int storage = in.readUnsignedByte();
                boolean hasNulls = in.readBoolean();
                if (storage != 0 || hasNulls) {
                    throw new IllegalStateException("not a column of longs");
                }
                long[] values = new long[rowCount];
                for (int i = 0; i < rowCount; i++) {
                    values[i] = in.readLong();
                }
                return values;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    WireClient(int port, String connectionId) {
        this.port = port;
        this.connectionId = connectionId;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    JsonNode json(String message, String... headers) {
        return jsonAsync(message, headers).join();
    }

    CompletableFuture<JsonNode> jsonAsync(String message, String... headers) {
        HttpRequest.Builder request =
                request("/").POST(HttpRequest.BodyPublishers.ofString(message.replace("$c", connectionId)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> {
                    try {
                        return json.readTree(response.body());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orTimeout(20, TimeUnit.SECONDS);
    }

    void open() {
        json("{\"request\":\"openConnection\",\"connectionId\":\"$c\"}");
    }

    /** Opens, makes a statement and executes. */
    int start(String sql) {
        int statement = json("{\"request\":\"createStatement\",\"connectionId\":\"$c\"}")
                .get("statementId")
                .asInt();
        execute(statement, sql);
        return statement;
    }

    JsonNode execute(int statement, String sql, String... headers) {
        return json(executeMessage(statement, sql), headers);
    }

    /** What came of an execution; the frame is null when no rows stood behind the message. */
    record Executed(JsonNode message, Frame rows) {}

    /** Executes and wishes for rows with the answer. */
    Executed executeForRows(int statement, String sql, int rows, String... headers) {
        HttpRequest.Builder request = request("/")
                .header("X-Millrace-First-Rows", Integer.toString(rows))
                .POST(HttpRequest.BodyPublishers.ofString(
                        executeMessage(statement, sql).replace("$c", connectionId)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> response = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        byte[] body = response.body();
        long place = response.headers().firstValueAsLong("X-Millrace-Rows-At").orElse(-1);
        int end = place < 0 ? body.length : (int) place;
        try {
            JsonNode message = json.readTree(body, 0, end);
            return new Executed(message, place < 0 ? null : frame(Arrays.copyOfRange(body, end, body.length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String executeMessage(int statement, String sql) {
        return "{\"request\":\"prepareAndExecute\",\"connectionId\":\"$c\",\"statementId\":" + statement + ",\"sql\":\""
                + sql + "\",\"maxRowsTotal\":-1,\"maxRowsInFirstFrame\":0}";
    }

    Frame fetch(int statement, long offset, int maxRows, int waitMillis) {
        return fetchAsync(statement, offset, maxRows, waitMillis).join();
    }

    CompletableFuture<Frame> fetchAsync(int statement, long offset, int maxRows, int waitMillis) {
        return post("/millrace/fetch", out -> {
            header(out, statement);
            out.writeLong(offset);
            out.writeInt(maxRows);
            out.writeInt(waitMillis);
        });
    }

    Frame cancel(int statement) {
        return cancelAsync(statement).join();
    }

    CompletableFuture<Frame> cancelAsync(int statement, String... headers) {
        return post("/millrace/cancel", out -> header(out, statement), headers);
    }

    Frame keepAlive() {
        return post("/millrace/alive", out -> {
                    out.writeByte(1);
                    out.writeUTF(connectionId);
                })
                .join();
    }

    private void header(DataOutputStream out, int statement) throws IOException {
        out.writeByte(1);
        out.writeUTF(connectionId);
        out.writeInt(statement);
    }

    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    CompletableFuture<Frame> post(String path, Body body, String... headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            body.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray()));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(response -> frame(response.body()))
                .orTimeout(20, TimeUnit.SECONDS);
    }

    private static Frame frame(byte[] body) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
            if (in.readUnsignedByte() != 1) {
                throw new IllegalStateException("another version");
            }
            if (in.readUnsignedByte() == 1) {
                String sqlState = in.readUTF();
                in.readInt();
                byte[] message = in.readNBytes(in.readInt());
                return new Frame(0, false, 0, 0, in, sqlState, new String(message, StandardCharsets.UTF_8));
            }
            if (in.available() == 0) {
                return new Frame(0, false, 0, 0, in, null, null);
            }
            return new Frame(in.readLong(), in.readBoolean(), in.readInt(), in.readUnsignedShort(), in, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
