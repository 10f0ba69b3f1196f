package io.millrace.settings;

/**
 * A setting as it holds for this process.
 *
 * @param key one of the family, where the definition is a family
 * @param text as it was written
 * @param value of the Java type of the record's component, or of the map's values
 * @param source where it was set: {@code default}, a file, an option
 */
public record SettingValue(SettingDefinition definition, String key, String text, Object value, String source) {
    public static final String DEFAULT = "default";

    /** True when nobody has set it. */
    public boolean isDefault() {
        return source.equals(DEFAULT);
    }
}
