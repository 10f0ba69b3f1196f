package io.millrace.server.net;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeUnit;

/** Listens on a port and hands HTTP requests to endpoints. */
public final class NettyServer implements AutoCloseable {
    private final NetworkSettings settings;
    private final HttpRoutes routes;
    private final EventLoopGroup acceptor = new LastingEventLoops("millrace-accept", 1);
    private final EventLoopGroup eventLoops = new LastingEventLoops("millrace-net", 0);
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final HttpTraffic traffic = new HttpTraffic();
    private final ConnectionTable table;
    private final RequestMemory bodies;
    private final Channel listener;

    /** Binds and listens. */
    public NettyServer(NetworkSettings settings, HttpRoutes routes) {
        this.settings = settings;
        this.routes = routes;
        table = new ConnectionTable(settings.maxConnections(), settings.maxConnectionsPerAddress());
        bodies = new RequestMemory(settings.requestMemory().bytes());
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptor, eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, NetworkSettings.BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop();
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": " + reason(bound.cause()),
                    bound.cause());
        }
        listener = bound.channel();
    }

    private static String reason(Throwable cause) {
        return cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException
                ? "unknown host"
                : String.valueOf(cause.getMessage());
    }

    public HttpTraffic traffic() {
        return traffic;
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    private void accept(SocketChannel channel) {
        if (!table.admit(channel)) {
            traffic.refused();
            channel.close();
            return;
        }
        connections.add(channel);
        traffic.opened();
        channel.closeFuture().addListener(closed -> traffic.closed());
        RequestMemory.Account account = bodies.open();
        RequestDeadlines deadlines = new RequestDeadlines(settings);
        HttpExchangeHandler exchanges = new HttpExchangeHandler(routes, deadlines, table, bodies, account, traffic);
        RequestGuard guard = new RequestGuard(deadlines, exchanges, account);
        channel.pipeline()
                .addLast(deadlines)
                .addLast(new StrictRequestDecoder())
                .addLast(new HttpResponseEncoder())
                .addLast(guard)
                .addLast(new RequestBodies(settings.maxBody(), guard))
                .addLast(exchanges);
    }

    /** Stops listening, closes all connections and waits for the event loops to end. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        stop();
    }

    private void stop() {
        acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
