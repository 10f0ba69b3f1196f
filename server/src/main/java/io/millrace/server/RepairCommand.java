package io.millrace.server;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.SystemClock;
import io.millrace.executor.verify.DataRepair;
import io.millrace.server.catalog.StoredNumbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace repair}. */
@Command(
        name = "repair",
        description = "Tells how a damaged data directory can be made one that a server can use, or does it.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeOnExecutionException = OfflineData.UNKNOWN,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing is damaged, or nothing any more",
            "1:a line per damage, and per step of its repair, tells what",
            "2:that could not be told or done"
        })
final class RepairCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = "the data directory")
    private Path directory = Path.of("data");

    @Option(
            names = "--cut",
            description = "cut damaged logs where the damage begins: what comes after it is lost, and kept in"
                    + " DIR/damaged/TIME")
    private boolean cut;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter output = spec.commandLine().getOut();
        EngineClock clock = new SystemClock();
        String time = TIME.format(Instant.ofEpochMilli(clock.epochMicros() / 1_000));
        try (OfflineData data = OfflineData.open(directory)) {
            int found = data.print(output);
            if (cut) {
                DataRepair.repair(data.report(), StoredNumbers::read, clock, time)
                        .forEach(done -> output.println("done: " + done));
            } else {
                DataRepair.plan(data.report(), StoredNumbers::read, clock, time)
                        .forEach(action -> output.println("with --cut: " + action));
            }
            output.flush();
            if (found == 0 || !cut) {
                return found;
            }
        }
        try (OfflineData mended = OfflineData.open(directory)) {
            return mended.print(output);
        }
    }
}
