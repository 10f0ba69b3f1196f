package io.millrace.server;

import io.millrace.server.logging.LogSettings;
import io.millrace.server.logging.Logging;
import io.millrace.shell.SqlCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code millrace server|sql|test|demo|verify|repair|version}. */
@Command(
        name = "millrace",
        description = "A SQL-first streaming query engine.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {
            ServerCommand.class,
            SqlCommand.class,
            TestCommand.class,
            DemoCommand.class,
            VerifyCommand.class,
            RepairCommand.class,
            VersionCommand.class
        })
public final class ServerMain implements Runnable {
    /** The exit code after a failure that the process cannot go on from. */
    private static final int HALTED = 70;

    @Spec
    private CommandSpec spec;

    private ServerMain() {}

    public static void main(String[] arguments) {
        Logging.outliveShutdown();
        Logging.configure(LogSettings.quiet()); // the server's own settings come later
        Thread.setDefaultUncaughtExceptionHandler(ServerMain::threadFailed);
        System.exit(commandLine().execute(arguments));
    }

    /** The commands, not yet run. */
    static CommandLine commandLine() {
        return new CommandLine(new ServerMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureReport());
    }

    /** A thread that memory ran out in is missing from then on: better to end, and to start anew from the log. */
    private static void threadFailed(Thread thread, Throwable failure) {
        LoggerFactory.getLogger(ServerMain.class).error("thread {} ended", thread.getName(), failure);
        if (failure instanceof VirtualMachineError) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
