package io.millrace.server.simulation;

/** What becomes of what was not brought to the disk. */
enum CrashKind {
    /** The process is killed: the machine has all that it was given, and what was not forced can be lost later. */
    PROCESS_ENDS,
    /** The power goes before any of it is written. */
    UNSYNCED_IS_LOST,
    /** The power goes while it is written, in no order: some of it is there, some is torn, some names are not. */
    ANYTHING_IS_LOST
}
