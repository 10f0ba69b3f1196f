package io.millrace.shell;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;

/** Where results go: gathers small writes, and unlike a {@link PrintWriter} says when nobody reads them. */
final class ShellOutput extends BufferedWriter {
    private static final int BUFFER = 1 << 16;

    private final PrintWriter target;

    ShellOutput(PrintWriter target) {
        super(target, BUFFER);
        this.target = target;
    }

    @Override
    public void flush() throws IOException {
        super.flush();
        if (target.checkError()) {
            throw new OutputClosedException();
        }
    }

    void println(String line) throws IOException {
        write(line);
        write('\n');
        flush();
    }
}
