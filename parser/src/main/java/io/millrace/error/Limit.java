package io.millrace.error;

import org.jspecify.annotations.Nullable;

/** What is said when a limit of the server refuses something: by how much, and the setting that allows more. */
public final class Limit {
    private Limit() {}

    /**
     * A refusal.
     *
     * @param what is too much, such as "the statement has 70000 tokens"
     * @param limit what is allowed, with its unit if it has one
     * @param key of the setting
     */
    public static MillraceException exceeded(
            ErrorCode code, String what, Object limit, String key, @Nullable SourcePosition position) {
        return new MillraceException(code, what + ", more than the limit of " + limit, hint(key), position, null);
    }

    /** The sentence that names the setting. */
    public static String hint(String key) {
        return "The setting " + key + " of the server allows more.";
    }
}
