package io.millrace.executor.log;

/**
 * When a log begins its next generation: only whole generations can be trimmed.
 *
 * @param bytes that one has at most, or a group of appends more
 * @param micros that its first and last block are apart at most
 */
public record GenerationLimits(long bytes, long micros) {
    /** One generation for each run of the server: a log that is never trimmed. */
    public static final GenerationLimits NONE = new GenerationLimits(Long.MAX_VALUE, Long.MAX_VALUE);

    /** The same of a log that may have been trimmed. */
    public static final GenerationLimits NO_MORE = new GenerationLimits(Long.MAX_VALUE, Long.MAX_VALUE - 1);
}
