package io.millrace.settings;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A record whose components are settings. */
final class SettingsArea {
    private final Class<? extends Record> type;
    private final List<Entry> entries = new ArrayList<>();

    SettingsArea(Class<? extends Record> type) {
        this.type = type;
        for (RecordComponent component : type.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                throw new IllegalArgumentException(type.getName() + "." + component.getName() + " is no setting");
            }
            SettingType values = SettingTypes.of(component.getGenericType(), setting);
            SettingDefinition definition = new SettingDefinition(
                    setting.key(),
                    values.name(),
                    setting.value(),
                    setting.description(),
                    values.expected(),
                    setting.option());
            if (definition.isFamily() != (component.getType() == Map.class)) {
                throw new IllegalArgumentException(
                        setting.key() + ": a Map is for a family of keys, and only for that");
            }
            entries.add(new Entry(definition, values));
        }
    }

    Class<? extends Record> type() {
        return type;
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Makes the record of its values. */
    Record create(Map<String, SettingValue> values) {
        Object[] arguments = new Object[entries.size()];
        Class<?>[] types = new Class<?>[entries.size()];
        for (int i = 0; i < arguments.length; i++) {
            SettingDefinition definition = entries.get(i).definition();
            arguments[i] = definition.isFamily() ? family(definition, values) : value(definition, values);
            types[i] = type.getRecordComponents()[i].getType();
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // an area may be known to its own package only
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    String.valueOf(refused.getTargetException().getMessage()),
                    refused.getTargetException());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object value(SettingDefinition definition, Map<String, SettingValue> values) {
        SettingValue value = values.get(definition.key());
        if (value == null) {
            throw new IllegalStateException(definition.key() + " has no value");
        }
        return value.value();
    }

    private static Map<String, Object> family(SettingDefinition definition, Map<String, SettingValue> values) {
        Map<String, Object> members = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value.definition().equals(definition)) {
                members.put(key.substring(definition.prefix().length()), value.value());
            }
        });
        return members;
    }

    /** A definition with the type that reads its values. */
    record Entry(SettingDefinition definition, SettingType type) {}
}
