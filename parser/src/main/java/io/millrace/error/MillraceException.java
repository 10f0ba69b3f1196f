package io.millrace.error;

import org.jspecify.annotations.Nullable;

/**
 * Ends a statement. The message has PostgreSQL's shape: a primary message in lower case without a full stop that names
 * the object in double quotes; then, optionally, a hint as a sentence that says what to do.
 */
public final class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String primary;
    private final @Nullable String hint;
    private final transient @Nullable SourcePosition position;

    public MillraceException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    public MillraceException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, null, null, cause);
    }

    public MillraceException(
            ErrorCode code,
            String message,
            @Nullable String hint,
            @Nullable SourcePosition position,
            @Nullable Throwable cause) {
        super(text(message, hint, position), cause);
        this.code = code;
        this.primary = message;
        this.hint = hint;
        this.position = position;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message without place and hint. */
    public String primary() {
        return primary;
    }

    public @Nullable String hint() {
        return hint;
    }

    public @Nullable SourcePosition position() {
        return position;
    }

    public String sqlState() {
        return code.sqlState();
    }

    public MillraceException withHint(String newHint) {
        return new MillraceException(code, primary, newHint, position, getCause());
    }

    public MillraceException at(@Nullable SourcePosition newPosition) {
        return new MillraceException(code, primary, hint, newPosition, getCause());
    }

    /** A feature that parses or is planned, but is not there yet: SQLSTATE 0A000. */
    public static MillraceException notSupported(String what, @Nullable SourcePosition position) {
        return new MillraceException(ErrorCode.NOT_SUPPORTED, what + " is not supported", null, position, null);
    }

    public static MillraceException internal(String what) {
        return new MillraceException(ErrorCode.INTERNAL_ERROR, "internal error: " + what);
    }

    private static String text(String message, @Nullable String hint, @Nullable SourcePosition position) {
        StringBuilder text = new StringBuilder();
        if (position != null) {
            text.append(position).append(": ");
        }
        text.append(message);
        if (hint != null) {
            text.append(". ").append(hint);
        }
        return text.toString();
    }
}
