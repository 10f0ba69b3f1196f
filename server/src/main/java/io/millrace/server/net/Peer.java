package io.millrace.server.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The other end of a TCP connection. */
public final class Peer {
    private final Channel channel;
    private final String address;

    Peer(Channel channel) {
        this.channel = channel;
        SocketAddress remote = channel.remoteAddress();
        this.address = remote instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unknown";
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
