package io.millrace.settings;

/**
 * What texts a setting takes, and what they mean.
 *
 * @param name such as {@code duration}
 * @param expected completes "expected …" in an error
 */
record SettingType(String name, String expected, Parser parser) {
    /** Makes a value of a text without blanks at its ends; throws {@link IllegalArgumentException} if it cannot. */
    @FunctionalInterface
    interface Parser {
        Object parse(String text);
    }

    Object parse(String text) {
        return parser.parse(text.strip());
    }
}
