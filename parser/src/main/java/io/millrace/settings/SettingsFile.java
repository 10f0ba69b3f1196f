package io.millrace.settings;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The file of settings: lines of {@code key = value}, as {@link Properties} reads them, in UTF-8, each key once. */
public final class SettingsFile {
    private SettingsFile() {}

    /** What the file sets; whether there are such settings is not looked at. */
    public static Map<String, String> read(Path file) {
        UniqueProperties properties = new UniqueProperties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException missing) {
            throw new MillraceException(ErrorCode.INVALID_PARAMETER, "there is no file " + file, missing);
        } catch (IOException | IllegalArgumentException failure) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER, "cannot read " + file + ": " + failure.getMessage(), failure);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    /** A file that sets what holds; a comment says what each setting is, and where its value comes from. */
    public static String write(Settings settings) {
        StringBuilder text = new StringBuilder("# The settings of a Millrace server, with the values that hold.\n");
        for (SettingDefinition definition : settings.definitions()) {
            text.append("\n# ").append(definition.description()).append('\n');
            text.append("# ").append(definition.type()).append(": ").append(definition.expected());
            text.append(definition.isFamily() ? "" : "; default: " + printed(definition.defaultText()))
                    .append('\n');
            boolean isSet = false;
            for (SettingValue value : settings.values(definition)) {
                text.append(value.isDefault() ? "" : "# from " + value.source() + "\n");
                text.append(value.key())
                        .append(" = ")
                        .append(escape(value.text()))
                        .append('\n');
                isSet = true;
            }
            text.append(isSet ? "" : "# " + definition.key() + " =\n");
        }
        return text.toString();
    }

    private static String printed(String defaultText) {
        return defaultText.isEmpty() ? "nothing" : defaultText;
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Refuses a key that stands in the file twice, of which the last would win silently. */
    private static final class UniqueProperties extends Properties {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new IllegalArgumentException("the key \"" + key + "\" stands in it twice");
            }
            return super.put(key, value);
        }
    }
}
