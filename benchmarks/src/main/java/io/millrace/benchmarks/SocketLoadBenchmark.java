package io.millrace.benchmarks;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Loading words through a socket: from the first byte sent to the last row on disk, as a client counts them. */
@Command(name = "socket", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class SocketLoadBenchmark implements Callable<Integer> {
    private static final int WORDS_A_LINE = 10;

    @Option(names = "--words", defaultValue = "20000000", description = "words sent")
    private long words;

    private SocketLoadBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SocketLoadBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (BenchmarkDirectory directory = BenchmarkDirectory.create();
                Server server =
                        Server.start(ServerSettings.defaults(directory.path()).withPort(0));
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM lines (word VARCHAR) WITH (connector = 'socket', host = '127.0.0.1',"
                    + " port = '" + listener.getLocalPort() + "', format = 'text', split = ' ')");
            long start = System.nanoTime();
            try (Socket client = listener.accept();
                    OutputStream output = new BufferedOutputStream(client.getOutputStream(), 1 << 16)) {
                send(output);
            }
            while (rows(statement) < words) {
                Thread.onSpinWait();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "socket     %d words in %.2f s: %.2f million words/s, on disk and counted%n",
                    words,
                    seconds,
                    words / seconds / 1e6);
        }
        return 0;
    }

    private void send(OutputStream output) throws IOException {
        Words source = new Words(10);
        for (long word = 1; word <= words; word++) {
            output.write(source.next());
            output.write(word % WORDS_A_LINE == 0 ? '\n' : ' ');
        }
        output.write('\n');
    }

    private static long rows(Statement statement) throws SQLException {
        try (ResultSet streams = statement.executeQuery("SHOW STREAMS")) {
            while (streams.next()) {
                if (streams.getString("name").equals("lines")) {
                    return streams.getLong("rows");
                }
            }
            return 0;
        }
    }
}
