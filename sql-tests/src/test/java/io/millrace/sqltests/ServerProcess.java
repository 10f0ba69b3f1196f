package io.millrace.sqltests;

import io.millrace.server.ServerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, that can be killed. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "millrace ready on ";

    private final Process process;
    private final BufferedReader output;
    private final int port;

    private ServerProcess(Process process, BufferedReader output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /**
     * Returns when the server is ready.
     *
     * @param settings as {@code key=value}
     */
    static ServerProcess start(Path data, String... settings) throws IOException {
        return start(launch(data), settings);
    }

    /** Starts what {@link #launch} has prepared; returns when the server is ready. */
    static ServerProcess start(ProcessBuilder launch, String... settings) throws IOException {
        for (String setting : settings) {
            launch.command().addAll(List.of("--set", setting));
        }
        Process process = launch.start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, output, Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)));
            }
        }
        process.destroyForcibly();
        throw new IOException("the server ended before it was ready");
    }

    /**
     * The command of a server on a free port; its log goes to this process's error stream. It lives for seconds: what the
     * better compiler gives comes too late.
     */
    static ProcessBuilder launch(Path data) throws IOException {
        return launch(data, ServerClasses.flags());
    }

    /** @param flags of the Java process, the class path among them */
    static ProcessBuilder launch(Path data, List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(flags);
        command.addAll(List.of(ServerMain.class.getName(), "server", "--data", data.toString(), "--port", "0"));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    int port() {
        return port;
    }

    String url() {
        return "jdbc:millrace://127.0.0.1:" + port;
    }

    /** The memory of the server that is in use, after a full collection. */
    long liveBytes() throws IOException {
        String command = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(command, Long.toString(process.pid()), "GC.class_histogram").start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(histogram.getInputStream(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .mapToLong(line -> Long.parseLong(line.trim().split("\\s+")[2]))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As {@code kill}; returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        output.close();
    }
}
