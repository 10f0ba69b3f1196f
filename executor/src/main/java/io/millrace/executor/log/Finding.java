package io.millrace.executor.log;

import java.nio.file.Path;

/**
 * Something that is damaged.
 *
 * @param object what it belongs to, such as {@code streams/3}
 * @param offset in the file, at or after which it begins
 * @param problem as the rest of a sentence about the object
 */
public record Finding(String object, Path file, long offset, String problem) {
    @Override
    public String toString() {
        return object + ": " + problem + ", in " + file + " at byte " + offset;
    }
}
