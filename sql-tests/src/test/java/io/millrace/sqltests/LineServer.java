package io.millrace.sqltests;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Serves lines on a port to one client at a time, as {@code nc -lk} does. */
final class LineServer implements AutoCloseable {
    private final ServerSocket listener;
    private Socket client;

    LineServer() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Waits for the next client. */
    void accept() throws IOException {
        client = listener.accept();
    }

    void send(String text) throws IOException {
        OutputStream output = client.getOutputStream();
        output.write(text.getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    void hangUp() throws IOException {
        client.close();
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        listener.close();
    }
}
