package io.millrace.server.avatica;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.time.SystemClock;
import io.millrace.server.net.NettyServer;
import io.millrace.server.net.NetworkSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A server on a free port, over a fake executor. */
final class TestServer implements AutoCloseable {
    final FakeExecutor executor = new FakeExecutor();
    final AvaticaEndpoints endpoints;
    final NettyServer server;
    volatile CatalogSnapshot catalog = CatalogSnapshot.EMPTY;

    TestServer() {
        this(AvaticaSettings.DEFAULT);
    }

    TestServer(AvaticaSettings settings) {
        endpoints = new AvaticaEndpoints(executor, () -> catalog, new SystemClock(), new ProducerEpochs(10), settings);
        server = new NettyServer(NetworkSettings.defaults("127.0.0.1", 0), endpoints.routes());
    }

    /** All in milliseconds. */
    static AvaticaSettings settings(int vanishedTimeout, int silentTimeout, int pollTimeout) {
        return new AvaticaSettings(
                20,
                20,
                50,
                Duration.ofMillis(vanishedTimeout),
                Duration.ofMillis(silentTimeout),
                Duration.ofMinutes(30),
                Duration.ofMillis(pollTimeout),
                4);
    }

    int port() {
        return server.port();
    }

    Connection connect(String serialization) throws SQLException {
        return new org.apache.calcite.avatica.remote.Driver()
                .connect(
                        "jdbc:avatica:remote:url=http://127.0.0.1:" + port() + "/;serialization=" + serialization,
                        new Properties());
    }

    @Override
    public void close() {
        endpoints.close();
        server.close();
    }
}
