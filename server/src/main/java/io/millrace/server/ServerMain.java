package io.millrace.server;

import io.millrace.server.logging.LogSettings;
import io.millrace.server.logging.Logging;
import io.millrace.shell.SqlCommand;
import java.util.LinkedHashMap;
import java.util.Map;
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
        versionProvider = VersionProvider.class)
public final class ServerMain implements Runnable {
    /** The exit code after a failure that the process cannot go on from. */
    private static final int HALTED = 70;

    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("server", ServerCommand.class);
        COMMANDS.put("sql", SqlCommand.class);
        COMMANDS.put("test", TestCommand.class);
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("verify", VerifyCommand.class);
        COMMANDS.put("repair", RepairCommand.class);
        COMMANDS.put("version", VersionCommand.class);
    }

    @Spec
    private CommandSpec spec;

    private ServerMain() {}

    public static void main(String[] arguments) {
        Logging.outliveShutdown();
        Logging.configure(LogSettings.quiet()); // the server's own settings come later
        Thread.setDefaultUncaughtExceptionHandler(ServerMain::threadFailed);
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The commands, not yet run: only the one that the arguments begin with, if they do, since a part of a start would go into
     * looking through the others.
     */
    static CommandLine commandLine(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        CommandLine line = new CommandLine(new ServerMain());
        COMMANDS.forEach((name, command) -> {
            if (name.equals(first) || !COMMANDS.containsKey(first)) {
                line.addSubcommand(name, new CommandLine(command));
            }
        });
        return line.setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler(new FailureReport());
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
