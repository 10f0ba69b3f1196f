package io.millrace.settings;

/**
 * What is known about a setting without its value.
 *
 * @param key ends with {@code .*} when it is a family of keys
 * @param type in a word
 * @param defaultText as it would be written in the file
 * @param expected completes "expected …"
 * @param option its short name on the command line; empty when it has none
 */
public record SettingDefinition(
        String key, String type, String defaultText, String description, String expected, String option) {
    private static final String FAMILY = ".*";

    /** True when any key with its prefix belongs to it. */
    public boolean isFamily() {
        return key.endsWith(FAMILY);
    }

    /** True when {@code name} is the key, or one of the family. */
    boolean covers(String name) {
        return isFamily() ? name.startsWith(prefix()) && name.length() > prefix().length() : name.equals(key);
    }

    /** What all keys of the family begin with. */
    String prefix() {
        return isFamily() ? key.substring(0, key.length() - 1) : key;
    }

    /** The first word of the key. */
    public String area() {
        return key.substring(0, key.indexOf('.'));
    }
}
