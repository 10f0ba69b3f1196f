package io.millrace.executor.log;

/** The disk or the queue failed while a group was written: nothing is known of what follows the durable end. */
final class WriteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    WriteFailure(Throwable cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
