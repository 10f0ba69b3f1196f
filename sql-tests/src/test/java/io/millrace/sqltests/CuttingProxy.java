package io.millrace.sqltests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between client and server and, when told to, loses the reply to a request that carries a statement. */
final class CuttingProxy implements AutoCloseable {
    private static final String MARK = "X-Millrace-Request";

    private final ServerSocket listener;
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int serverPort;
    private volatile Runnable beforeCut = () -> {};

    CuttingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int lost() {
        return lost.get();
    }

    /** Loses the next replies; {@code event} happens when the server has sent one and the client has not seen it. */
    void loseReplies(int count, Runnable event) {
        beforeCut = event;
        cuts.set(count);
    }

    void serverPort(int port) {
        serverPort = port;
    }

    /** Ends all connections, in the middle of whatever they carry; the server runs on. */
    void cutAll() {
        open.forEach(CuttingProxy::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            Pipe pipe = new Pipe(client, server);
            open.add(client);
            start(pipe::requests);
            start(pipe::replies);
        } catch (IOException serverGone) { // the client sees its connection end, and comes again
            closeQuietly(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            return;
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /** One connection of the client and the one to the server. */
    private final class Pipe {
        private final Socket client;
        private final Socket server;
        private volatile boolean statement;

        Pipe(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    statement |= contains(buffer, length);
                    out.write(buffer, 0, length);
                }
            } catch (IOException cut) {
                return;
            } finally {
                open.remove(client);
            }
        }

        void replies() {
            byte[] buffer = new byte[1 << 16];
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    if (statement && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        beforeCut.run();
                        lost.incrementAndGet();
                        return;
                    }
                    statement = false;
                    out.write(buffer, 0, length);
                }
            } catch (IOException cut) {
                return;
            }
        }

        private boolean contains(byte[] buffer, int length) {
            return new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(MARK);
        }
    }
}
