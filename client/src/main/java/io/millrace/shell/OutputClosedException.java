package io.millrace.shell;

import java.io.IOException;

/** The reader of the output has gone, such as {@code head}. */
final class OutputClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    OutputClosedException() {
        super("the output is closed");
    }
}
