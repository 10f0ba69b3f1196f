package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.settings.SettingDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of limits has each of them, with its default, and none that there is not. */
class LimitsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "limits.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.-]+)` \\| `([^`]+)` \\| .*");

    private static final Set<String> AREAS = Set.of("limits", "query", "view", "subscription");

    @Test
    void thePageHasEachLimitWithItsDefault() throws IOException {
        Map<String, String> written = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(written.put(row.group(1), row.group(2))).as(line).isNull();
            }
        }
        Map<String, String> limits = new TreeMap<>();
        for (SettingDefinition setting : ServerSettings.SCHEMA.definitions()) {
            if (AREAS.contains(setting.area())) {
                limits.put(setting.key(), setting.defaultText());
            }
        }
        assertThat(written).isEqualTo(limits);
    }
}
