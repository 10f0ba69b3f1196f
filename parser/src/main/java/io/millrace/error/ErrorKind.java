package io.millrace.error;

/** Who can mend an error. */
public enum ErrorKind {
    /** The statement or the data given: the client mends it. */
    USER,
    /** A limit or a shortage: fewer or smaller requests, or a larger setting. */
    RESOURCES,
    /** Something outside the process: disk, network, another server. */
    EXTERNAL,
    /** A defect of ours. */
    INTERNAL
}
