package io.millrace.server;

import io.millrace.shell.ServerUrl;
import io.millrace.sqltests.RemoteDatabase;
import io.millrace.sqltests.ReportPrinter;
import io.millrace.sqltests.ResultMode;
import io.millrace.sqltests.SqlTests;
import io.millrace.sqltests.TestDatabase;
import io.millrace.sqltests.TestFile;
import io.millrace.sqltests.TestOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace test}. */
@Command(
        name = "test",
        description = "Runs sqllogictest files, each on an empty database whose clock is moved by the file.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TestCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE|DIR|FILE:LINE",
            arity = "1..*",
            description = "files, directories with .slt and .test files, or the record of one line with what it needs")
    private List<String> files = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "a running server to use, also as HOST:PORT; what a file makes there is dropped after it")
    private @Nullable String url;

    @Option(names = "--update", description = "write what the server gives in place of the expected results")
    private boolean update;

    @Option(
            names = "--allow-refused",
            description = "what the server does not support (SQLSTATE 0A000) is counted, but is no failure")
    private boolean allowRefused;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "after which a statement or query fails")
    private int timeoutSeconds;

    @Option(
            names = "--failures",
            paramLabel = "N",
            defaultValue = "20",
            description = "how many failures of a file are printed")
    private int shownFailures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (timeoutSeconds < 1 || shownFailures < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--timeout must be at least 1 and --failures must not be negative");
        }
        TestOptions options = new TestOptions(
                ResultMode.ANY, Duration.ofSeconds(timeoutSeconds), update, allowRefused, shownFailures);
        SqlTests.Databases databases = url == null ? TemporaryServer.databases() : remote(url);
        ReportPrinter printer = new ReportPrinter(options, spec.commandLine().getOut());
        return new SqlTests(options, databases).run(TestFile.find(files), printer) ? 0 : 1;
    }

    private static SqlTests.Databases remote(String url) {
        return new SqlTests.Databases() {
            @Override
            public boolean haveManualClock() {
                return false;
            }

            @Override
            public TestDatabase open() throws SQLException {
                return new RemoteDatabase(ServerUrl.of(url));
            }
        };
    }
}
