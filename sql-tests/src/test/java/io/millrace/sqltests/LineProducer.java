package io.millrace.sqltests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of a socket source that says who it is. */
final class LineProducer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final OutputStream output;
    private final BufferedReader input;

    private LineProducer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        output = socket.getOutputStream();
        input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Connects as soon as somebody listens. */
    static LineProducer connect(int port) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (true) {
            try {
                return new LineProducer(new Socket(InetAddress.getLoopbackAddress(), port));
            } catch (ConnectException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
            }
        }
    }

    LineProducer send(String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The next line that the server says; null when it says nothing more. */
    String answer() throws IOException {
        return input.readLine();
    }

    /** Reads until so many lines have been acknowledged. */
    void awaitAck(long number) throws IOException {
        String line = answer();
        while (line != null && line.startsWith("ACK ") && Long.parseLong(line.substring(4)) < number) {
            line = answer();
        }
        if (!("ACK " + number).equals(line)) {
            throw new IOException("instead of ACK " + number + ": " + line);
        }
    }

    /** Sends nothing more, and can still read. */
    void end() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
