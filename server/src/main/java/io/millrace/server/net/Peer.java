package io.millrace.server.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The other end of a TCP connection. */
public final class Peer {
    private final Channel channel;
    private final String host;
    private final String address;

    Peer(Channel channel) {
        this.channel = channel;
        SocketAddress remote = channel.remoteAddress();
        InetSocketAddress inet = remote instanceof InetSocketAddress known ? known : null;
        host = inet == null ? "unknown" : inet.getAddress().getHostAddress();
        address = inet == null ? host : host + ":" + inet.getPort();
    }

    /** The address without the port. */
    public String host() {
        return host;
    }

    /** Address and port. */
    public String address() {
        return address;
    }

    /** False as soon as either side has closed the connection. */
    public boolean isOpen() {
        return channel.isActive();
    }
}
