package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.settings.SettingDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dmillrace.rewrite=true} it writes the table into the page. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final String HEAD = "| key | type | default | |\n|---|---|---|---|\n";

    @Test
    void thePageTellsEverySettingAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf(HEAD) + HEAD.length();
        assertThat(start).isGreaterThan(HEAD.length());
        String table = ServerSettings.SCHEMA.definitions().stream()
                .map(ConfigurationPageTest::row)
                .collect(Collectors.joining());
        String expected = page.substring(0, start) + table + afterTable(page, start);
        if (Boolean.getBoolean("millrace.rewrite")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String afterTable(String page, int start) {
        List<String> lines = page.substring(start).lines().toList();
        return lines.stream()
                .dropWhile(line -> line.startsWith("|"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String row(SettingDefinition setting) {
        String option = setting.option().isEmpty() ? "" : " (`" + setting.option() + "`)";
        String standard = setting.defaultText().isEmpty() ? "" : "`" + setting.defaultText() + "`";
        return "| `" + setting.key() + "`" + option + " | " + setting.type() + " | " + standard + " | "
                + setting.description() + " |\n";
    }
}
