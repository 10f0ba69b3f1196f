package io.millrace.server;

import io.millrace.executor.EngineSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace server}. */
@Command(
        name = "server",
        description = "Runs a server until it is told to end (SIGTERM or Ctrl-C).",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        defaultValueProvider = ConfigFile.class)
final class ServerCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "where the log is kept")
    private Path data;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = ServerSettings.DEFAULT_HOST,
            description = "the address to listen on")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "" + ServerSettings.DEFAULT_PORT,
            description = "the port to listen on; 0 for any free one")
    private int port;

    @Option(
            names = "--sync",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description = "acknowledge an INSERT only when it is on disk; false is faster and loses the last"
                    + " moments with the machine")
    private boolean sync;

    @Option(
            names = "--query-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "after which a bounded statement is ended; 0 for never")
    private long queryTimeoutSeconds;

    @Option(
            names = "--query-memory",
            paramLabel = "MB",
            defaultValue = "0",
            description = "what a query may hold in memory; 0 for a quarter of the heap")
    private long queryMemoryMegabytes;

    @Option(
            names = "--table-memory",
            paramLabel = "MB",
            defaultValue = "0",
            description = "what all tables together may hold in memory; 0 for a quarter of the heap")
    private long tableMemoryMegabytes;

    @Option(
            names = "--min-free",
            paramLabel = "MB",
            defaultValue = "256",
            description = "appends are refused while the disk has less space than this")
    private long minimumFreeMegabytes;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a properties file with the options above, without the dashes; the command line wins")
    private Path config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        check(port >= 0 && port <= 65_535, "--port must be between 0 and 65535");
        check(queryTimeoutSeconds >= 0, "--query-timeout must not be negative");
        check(queryMemoryMegabytes >= 0, "--query-memory must not be negative");
        check(minimumFreeMegabytes >= 0, "--min-free must not be negative");
        check(tableMemoryMegabytes >= 0, "--table-memory must not be negative");
        EngineSettings defaults = EngineSettings.defaults(data);
        ServerSettings settings = new ServerSettings(
                host,
                port,
                new EngineSettings(
                        data,
                        sync,
                        defaults.queryThreads(),
                        defaults.resultBufferRows(),
                        minimumFreeMegabytes << 20,
                        queryMemoryMegabytes == 0 ? defaults.queryMemoryBytes() : queryMemoryMegabytes << 20,
                        tableMemoryMegabytes == 0 ? defaults.tableMemoryBytes() : tableMemoryMegabytes << 20),
                queryTimeoutSeconds * 1_000);
        CountDownLatch ended = new CountDownLatch(1);
        Server server = Server.start(settings);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            ended.countDown();
                        },
                        "millrace-shutdown"));
        spec.commandLine().getOut().println("millrace ready on " + host + ":" + server.port());
        spec.commandLine().getOut().flush();
        server.warmUp();
        ended.await();
        return 0;
    }

    private void check(boolean isRight, String rule) {
        if (!isRight) {
            throw new ParameterException(spec.commandLine(), rule);
        }
    }
}
