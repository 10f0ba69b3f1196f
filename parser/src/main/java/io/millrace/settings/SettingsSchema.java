package io.millrace.settings;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All settings that there are, in the order of their areas. Immutable. */
public final class SettingsSchema {
    private final List<SettingsArea> areas;

    @SafeVarargs
    public SettingsSchema(Class<? extends Record>... areas) {
        this.areas = Stream.of(areas).map(SettingsArea::new).toList();
        Map<String, SettingDefinition> keys = new LinkedHashMap<>();
        for (SettingsArea.Entry entry : entries()) {
            if (keys.put(entry.definition().key(), entry.definition()) != null) {
                throw new IllegalArgumentException(
                        "two settings have the key " + entry.definition().key());
            }
        }
    }

    public List<SettingDefinition> definitions() {
        return entries().stream().map(SettingsArea.Entry::definition).toList();
    }

    /** Each setting with its default. */
    public Settings defaults() {
        Map<String, SettingValue> values = new LinkedHashMap<>();
        for (SettingDefinition definition : definitions()) {
            if (!definition.isFamily()) {
                values.put(definition.key(), value(definition.key(), definition.defaultText(), SettingValue.DEFAULT));
            }
        }
        return new Settings(this, values);
    }

    /** @throws MillraceException that says what is wrong with the key or the text */
    SettingValue value(String key, String text, String source) {
        SettingsArea.Entry entry = find(key, source);
        try {
            return new SettingValue(entry.definition(), key, text, entry.type().parse(text), source);
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    source + ": wrong value \"" + text + "\" for " + key + "; expected "
                            + entry.definition().expected(),
                    wrong);
        }
    }

    /** The records, in their order. */
    public List<Class<? extends Record>> areas() {
        List<Class<? extends Record>> types = new ArrayList<>();
        areas.forEach(area -> types.add(area.type()));
        return types;
    }

    SettingsArea area(Class<? extends Record> type) {
        return areas.stream()
                .filter(area -> area.type() == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no settings in " + type.getName()));
    }

    private List<SettingsArea.Entry> entries() {
        List<SettingsArea.Entry> entries = new ArrayList<>();
        areas.forEach(area -> entries.addAll(area.entries()));
        return entries;
    }

    private SettingsArea.Entry find(String key, String source) {
        return entries().stream()
                .filter(entry -> entry.definition().covers(key))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.INVALID_PARAMETER,
                        source + ": unknown setting \"" + key + "\"; the nearest known one is " + nearest(key)));
    }

    private String nearest(String key) {
        return definitions().stream()
                .map(SettingDefinition::key)
                .min(Comparator.comparingInt(known -> KeyDistance.between(key, known)))
                .orElseThrow();
    }
}
