package io.millrace.server.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open TCP connections, in all and by address. Where one more would be too many, the oldest of those that have never
 * sent a request is closed for it: who floods the server with connections closes his own. Thread-safe.
 */
final class ConnectionTable {
    private final int maxConnections;
    private final int maxPerAddress;
    private final Map<InetAddress, Integer> counts = new HashMap<>();
    private final Set<SocketChannel> open = new LinkedHashSet<>();
    /** Oldest first. */
    private final Set<SocketChannel> silent = new LinkedHashSet<>();

    ConnectionTable(int maxConnections, int maxPerAddress) {
        this.maxConnections = maxConnections;
        this.maxPerAddress = maxPerAddress;
    }

    /** Returns false when there is no room: the connection is to be closed. */
    boolean admit(SocketChannel channel) {
        InetAddress address = address(channel);
        if (address == null) {
            return false;
        }
        SocketChannel first = null;
        SocketChannel second = null;
        synchronized (this) {
            if (counts.getOrDefault(address, 0) >= maxPerAddress) {
                first = oldestSilent(address);
                if (first == null) {
                    return false;
                }
                forget(first);
            }
            if (open.size() >= maxConnections) {
                second = oldestSilent(null);
                if (second == null) {
                    return false;
                }
                forget(second);
            }
            open.add(channel);
            silent.add(channel);
            counts.merge(address, 1, Integer::sum);
        }
        close(first);
        close(second);
        channel.closeFuture().addListener(closed -> remove(channel));
        return true;
    }

    /** A connection has sent a whole request. */
    synchronized void heard(Channel channel) {
        silent.remove(channel);
    }

    private synchronized void remove(SocketChannel channel) {
        forget(channel);
    }

    private void forget(SocketChannel channel) {
        InetAddress address = address(channel);
        if (open.remove(channel) && address != null) {
            silent.remove(channel);
            counts.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    private @Nullable SocketChannel oldestSilent(@Nullable InetAddress address) {
        Iterator<SocketChannel> oldest = silent.iterator();
        while (oldest.hasNext()) {
            SocketChannel channel = oldest.next();
            if (address == null || address.equals(address(channel))) {
                return channel;
            }
        }
        return null;
    }

    private static void close(@Nullable SocketChannel channel) {
        if (channel != null) {
            channel.close();
        }
    }

    /** Null when it has been closed before it could be asked. */
    private static @Nullable InetAddress address(SocketChannel channel) {
        return channel.remoteAddress() == null ? null : channel.remoteAddress().getAddress();
    }
}
