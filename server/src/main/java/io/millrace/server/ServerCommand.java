package io.millrace.server;

import io.millrace.error.MillraceException;
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
        serve(settings, output);
        return ExitCode.OK;
    }

    private static void serve(ServerSettings settings, PrintWriter output) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Server server = Server.start(settings);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            ended.countDown();
                        },
                        "millrace-shutdown"));
        output.println(
                "millrace ready on " + settings.area(NetworkSettings.class).host() + ":" + server.port());
        output.flush();
        server.warmUp();
        ended.await();
    }
}
