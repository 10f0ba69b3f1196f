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
        this.host = remote instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "unknown";
        this.address = remote instanceof InetSocketAddress inet ? host + ":" + inet.getPort() : host;
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
