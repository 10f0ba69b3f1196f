package io.millrace.settings;

import io.millrace.error.MillraceException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of every setting, and where it comes from. Immutable: a later source makes a new one that goes before. */
public final class Settings {
    private final SettingsSchema schema;
    private final Map<String, SettingValue> values;

    Settings(SettingsSchema schema, Map<String, SettingValue> values) {
        this.schema = schema;
        this.values = values;
    }

    /**
     * Sets one.
     *
     * @param source named in errors and in {@code sys.settings}
     * @throws MillraceException when there is no such setting, or it takes no such value
     */
    public Settings with(String key, String text, String source) {
        Map<String, SettingValue> next = new LinkedHashMap<>(values);
        next.put(key, schema.value(key, text.strip(), source));
        return new Settings(schema, next);
    }

    /** Sets all of a source. */
    public Settings with(Map<String, String> texts, String source) {
        Settings next = this;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            next = next.with(text.getKey(), text.getValue(), source);
        }
        return next;
    }

    /** The record of an area, which must be one of the schema's. */
    public <R extends Record> R area(Class<R> type) {
        return type.cast(schema.area(type).create(values));
    }

    public List<SettingDefinition> definitions() {
        return schema.definitions();
    }

    /** All values, in the order of the schema. */
    public List<SettingValue> values() {
        return definitions().stream()
                .flatMap(definition -> values(definition).stream())
                .toList();
    }

    /** The value of a setting; of a family all that are set. */
    public List<SettingValue> values(SettingDefinition definition) {
        return values.values().stream()
                .filter(value -> value.definition().equals(definition))
                .sorted(Comparator.comparing(SettingValue::key))
                .toList();
    }
}
