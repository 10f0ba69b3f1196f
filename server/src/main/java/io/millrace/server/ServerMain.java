package io.millrace.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: {@code millrace server|demo|version}. */
@Command(
        name = "millrace",
        description = "A SQL-first streaming query engine.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {ServerCommand.class, DemoCommand.class, VersionCommand.class})
public final class ServerMain implements Runnable {
    @Spec
    private CommandSpec spec;

    private ServerMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ServerMain())
                .setExecutionExceptionHandler(new FailureReport())
                .execute(arguments));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
