package io.millrace.sqltests.oracle.view;

/** The law is broken. */
final class FaultFound extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;

    /** @param kind tells one fault from others */
    FaultFound(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    String kind() {
        return kind;
    }
}
