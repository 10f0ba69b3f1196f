package io.millrace.server;

import io.millrace.error.MillraceException;
import io.millrace.executor.time.SystemClock;
import io.millrace.server.logging.LogSettings;
import io.millrace.server.logging.Logging;
import io.millrace.server.net.NetworkSettings;
import io.millrace.settings.SettingsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace server}. */
@Command(
        name = "server",
        description = "Runs a server until it is told to end (SIGTERM or Ctrl-C).",
        mixinStandardHelpOptions = true,
        modelTransformer = SettingOptions.class)
final class ServerCommand implements Callable<Integer> {
    /** The exit code when a disk fails. */
    private static final int DISK_FAILED = 74;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "a file of settings; without, the one that MILLRACE_CONFIG names, or ./millrace.properties")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "sets any setting; may be given more than once")
    private final Map<String, String> given = new LinkedHashMap<>();

    @Option(names = "--print-config", description = "prints all settings as a file, and ends")
    private boolean printConfig;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ServerSettings settings;
        try {
            settings = new ServerSettings(SettingOptions.read(
                    spec.commandLine().getParseResult(), Optional.ofNullable(config), given, System.getenv()));
            settings.check();
        } catch (MillraceException wrong) {
            spec.commandLine().getErr().println("millrace: " + wrong.getMessage());
            return ExitCode.USAGE;
        }
        PrintWriter output = spec.commandLine().getOut();
        if (printConfig) {
            output.print(SettingsFile.write(settings.values()));
            output.flush();
            return ExitCode.OK;
        }
        Logging.configure(settings.area(LogSettings.class));
        serve(settings, output);
        return ExitCode.OK;
    }

    private static void serve(ServerSettings settings, PrintWriter output) throws InterruptedException {
        Logger logger = LoggerFactory.getLogger(ServerCommand.class);
        CountDownLatch ended = new CountDownLatch(1);
        logger.info("{}", StartLine.of(settings));
        Server server = Server.start(settings, new SystemClock(), failure -> stop(logger, failure));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            logger.info("ending");
                            server.close();
                            logger.info("ended");
                            ended.countDown();
                        },
                        "millrace-shutdown"));
        String address = settings.area(NetworkSettings.class).host() + ":" + server.port();
        logger.info("ready on {}", address);
        output.println("millrace ready on " + address);
        output.flush();
        server.warmUp();
        ended.await();
    }

    /**
     * Ends the process as it is: after a failed write or sync nothing is known of what is on disk, and asking again would get
     * a wrong answer. The next start reads what is there.
     */
    private static void stop(Logger logger, Throwable failure) {
        logger.error("a log could not be written: the server stops at once, with exit code {}", DISK_FAILED, failure);
        System.err.println("millrace: a log could not be written (" + failure.getMessage()
                + "); the server stops: mend the disk and start it again, what was acknowledged is there");
        System.err.flush();
        Runtime.getRuntime().halt(DISK_FAILED);
    }
}
