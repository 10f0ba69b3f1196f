package io.millrace.error;

/** What can go wrong, with the SQLSTATE that clients see (ISO/IEC 9075-2 classes, PostgreSQL's codes where they are finer). */
public enum ErrorCode {
    SYNTAX_ERROR("42601", ErrorKind.USER),
    INVALID_STATEMENT("42000", ErrorKind.USER),
    UNDEFINED_OBJECT("42P01", ErrorKind.USER),
    UNDEFINED_COLUMN("42703", ErrorKind.USER),
    UNDEFINED_FUNCTION("42883", ErrorKind.USER),
    DUPLICATE_OBJECT("42P07", ErrorKind.USER),
    TYPE_MISMATCH("42804", ErrorKind.USER),
    NOT_SUPPORTED("0A000", ErrorKind.USER),

    TOO_MANY_ROWS("21000", ErrorKind.USER),
    INVALID_VALUE("22000", ErrorKind.USER),
    STRING_TOO_LONG("22001", ErrorKind.USER),
    NUMERIC_OUT_OF_RANGE("22003", ErrorKind.USER),
    INVALID_DATETIME("22007", ErrorKind.USER),
    DATETIME_OVERFLOW("22008", ErrorKind.USER),
    DIVISION_BY_ZERO("22012", ErrorKind.USER),
    INVALID_REGULAR_EXPRESSION("2201B", ErrorKind.USER),
    INVALID_LOGARITHM("2201E", ErrorKind.USER),
    INVALID_BUCKETS("2201G", ErrorKind.USER),
    INVALID_CAST("22018", ErrorKind.USER),
    INVALID_PARAMETER("22023", ErrorKind.USER),
    INVALID_ESCAPE("22025", ErrorKind.USER),
    OUT_OF_ORDER("22M01", ErrorKind.USER),
    NULL_NOT_ALLOWED("23502", ErrorKind.USER),
    DUPLICATE_KEY("23505", ErrorKind.USER),
    DEPENDENT_OBJECTS("2BP01", ErrorKind.USER),

    HISTORY_TRIMMED("72000", ErrorKind.RESOURCES),
    NOT_READY("55000", ErrorKind.USER),
    READ_ONLY_CONNECTION("25006", ErrorKind.USER),
    CANCELLED("57014", ErrorKind.USER),
    /** A result whose reader seemed to have gone. */
    ABANDONED("57014", ErrorKind.USER),
    TIMED_OUT("57014", ErrorKind.USER),
    SHUTTING_DOWN("57P01", ErrorKind.EXTERNAL),

    DISK_FULL("53100", ErrorKind.RESOURCES),
    OUT_OF_MEMORY("53200", ErrorKind.RESOURCES),
    TOO_MANY_CONNECTIONS("53300", ErrorKind.RESOURCES),
    LIMIT_EXCEEDED("53400", ErrorKind.RESOURCES),
    PROGRAM_LIMIT_EXCEEDED("54000", ErrorKind.RESOURCES),
    PROGRAM_TOO_COMPLEX("54001", ErrorKind.RESOURCES),

    CONNECTION_FAILED("08006", ErrorKind.EXTERNAL),
    UNKNOWN_CONNECTION("08003", ErrorKind.USER),
    PROTOCOL_VIOLATION("08P01", ErrorKind.USER),
    FENCED("08M01", ErrorKind.USER),
    UNDEFINED_STATEMENT("26000", ErrorKind.USER),
    UNDEFINED_CURSOR("34000", ErrorKind.USER),

    IO_ERROR("58030", ErrorKind.EXTERNAL),
    DATA_CORRUPTED("XX001", ErrorKind.EXTERNAL),
    INTERNAL_ERROR("XX000", ErrorKind.INTERNAL);

    private final String sqlState;
    private final ErrorKind kind;

    ErrorCode(String sqlState, ErrorKind kind) {
        this.sqlState = sqlState;
        this.kind = kind;
    }

    public String sqlState() {
        return sqlState;
    }

    public ErrorKind kind() {
        return kind;
    }
}
