package io.millrace.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;

/** The types of settings, by the Java types of the components that hold them. */
final class SettingTypes {
    private SettingTypes() {}

    /** @throws IllegalArgumentException when no setting can have the Java type */
    static SettingType of(Type type, Setting setting) {
        if (type instanceof ParameterizedType generic) {
            Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            SettingType element = of(last, setting);
            return generic.getRawType() == Optional.class ? optional(element) : element;
        }
        if (type == int.class || type == Integer.class) {
            return number(setting, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return number(setting, Long.MAX_VALUE);
        }
        if (type == Duration.class) {
            return duration(setting);
        }
        if (type == ByteSize.class) {
            return size(setting);
        }
        if (type == boolean.class || type == Boolean.class) {
            return choice("boolean", List.of("true", "false"), Boolean::valueOf);
        }
        if (type == Path.class) {
            return new SettingType("path", "a path", SettingTypes::path);
        }
        if (type == String.class) {
            return new SettingType("text", "a text", text -> text);
        }
        if (type instanceof Class<?> enumeration && enumeration.isEnum()) {
            return enumeration(enumeration);
        }
        throw new IllegalArgumentException("no setting has the type " + type.getTypeName());
    }

    private static SettingType number(Setting setting, long greatest) {
        long max = Math.min(setting.max(), greatest);
        String expected = setting.max() == Long.MAX_VALUE
                ? "a whole number of at least " + setting.min()
                : "a whole number from " + setting.min() + " to " + max;
        return new SettingType("number", expected, text -> {
            long value = inRange(Long.parseLong(text.replace("_", "")), setting.min(), max);
            return greatest == Integer.MAX_VALUE ? (Object) (int) value : (Object) value;
        });
    }

    private static SettingType duration(Setting setting) {
        String bounds = bounds(setting, millis -> DurationText.format(Duration.ofMillis(millis)));
        return new SettingType("duration", "a duration such as 500ms, 30s, 5m, 1h or 1d" + bounds, text -> {
            Duration duration = DurationText.parse(text);
            inRange(duration.toMillis(), setting.min(), setting.max());
            return duration;
        });
    }

    private static SettingType size(Setting setting) {
        String bounds = bounds(setting, bytes -> new ByteSize(bytes).toString());
        return new SettingType("size", "a size such as 512KiB, 64MiB or 1GiB, or 25% of the heap" + bounds, text -> {
            ByteSize size = ByteSize.parse(text);
            inRange(size.bytes(), setting.min(), setting.max());
            return size;
        });
    }

    private static SettingType enumeration(Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
        return choice("choice", names, text -> type.getEnumConstants()[names.indexOf(text)]);
    }

    private static SettingType choice(String name, List<String> choices, SettingType.Parser parser) {
        return new SettingType(name, "one of " + String.join(", ", choices), text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            if (!choices.contains(lower)) {
                throw new IllegalArgumentException(text);
            }
            return parser.parse(lower);
        });
    }

    private static SettingType optional(SettingType element) {
        return new SettingType(
                element.name(),
                element.expected() + ", or nothing",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(element.parse(text)));
    }

    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    }

    private static long inRange(long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(value + " is not between " + min + " and " + max);
        }
        return value;
    }

    private static String bounds(Setting setting, LongFunction<String> format) {
        String least = setting.min() == 0 ? "" : ", at least " + format.apply(setting.min());
        return setting.max() == Long.MAX_VALUE ? least : least + ", at most " + format.apply(setting.max());
    }
}
