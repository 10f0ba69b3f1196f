package io.millrace.server.net;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event loops that go on when the heap is full for a moment: a loop that ends takes all its connections with it, and those
 * that are still to come to it. What was ready is found ready again.
 */
final class LastingEventLoops extends MultiThreadIoEventLoopGroup {
    private static final Logger LOGGER = LoggerFactory.getLogger(LastingEventLoops.class);

    /** @param threads 0: as many as the library finds right */
    LastingEventLoops(String name, int threads) {
        super(threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... arguments) {
        return new SingleThreadIoEventLoop(this, executor, factory) {
            @Override
            protected int runIo() {
                try {
                    return super.runIo();
                } catch (OutOfMemoryError full) {
                    LOGGER.error("the network waits for memory", full);
                    return 0;
                }
            }
        };
    }
}
