package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a program calls itself as a producer. A UUID stands for itself, any other name for the UUID that is made of it.
 *
 * @param id under which logs know it
 */
public record ProducerName(String text, UUID id) {
    private static final int MAX_LENGTH = 200;
    private static final Pattern WORD = Pattern.compile("[^\\s\\p{Cntrl}]+");
    private static final Pattern UUID_TEXT =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    /** @throws MillraceException when it is empty, has blanks or is too long */
    public static ProducerName of(String text) {
        if (text.length() > MAX_LENGTH || !WORD.matcher(text).matches()) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "the name of a producer must have 1 to " + MAX_LENGTH + " characters, without blanks");
        }
        UUID id = UUID_TEXT.matcher(text).matches()
                ? UUID.fromString(text)
                : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        return new ProducerName(text, id);
    }
}
