package io.millrace.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace verify}. */
@Command(
        name = "verify",
        description = "Checks everything in a data directory that no server uses.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeOnExecutionException = OfflineData.UNKNOWN,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is damaged", "1:a line per damage tells what", "2:that could not be told"})
final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "the data directory")
    private Path directory = Path.of("data");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (OfflineData data = OfflineData.open(directory)) {
            return data.print(spec.commandLine().getOut());
        }
    }
}
