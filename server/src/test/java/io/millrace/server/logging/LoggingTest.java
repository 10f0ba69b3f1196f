package io.millrace.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.settings.SettingsSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ";

    @TempDir
    private Path directory;

    private final Logger logger = LoggerFactory.getLogger("some.where.Logger");

    @AfterEach
    void logToStandardErrorAgain() {
        Logging.configure(LogSettings.quiet());
    }

    private void configure(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("log.file", directory.resolve("sub").resolve("server.log").toString());
        Logging.configure(new SettingsSchema(LogSettings.class)
                .defaults()
                .with(all, "test")
                .area(LogSettings.class));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("sub").resolve("server.log.0"));
    }

    @Test
    void aLineTellsTimeLevelThreadAndLogger() throws IOException {
        configure(Map.of());
        logger.info("{} of {}", 1, "two");
        logger.debug("not told");
        assertThat(lines()).singleElement().asString().matches(TIME + "INFO  \\[main\\] Logger: 1 of two");
    }

    @Test
    void aMessageCannotMakeALineOfItsOwn() throws IOException {
        configure(Map.of());
        logger.warn("SELECT 1\n2026-01-01 ERROR forged\r\u001b[31m");
        assertThat(lines()).singleElement().asString().endsWith("SELECT 1 2026-01-01 ERROR forged  [31m");
    }

    @Test
    void aLoggerMayHaveALevelOfItsOwn() throws IOException {
        configure(Map.of("log.level", "error", "log.level.some.where", "debug", "log.level.net.openhft", "off"));
        logger.debug("told");
        LoggerFactory.getLogger("some.other").warn("not told");
        LoggerFactory.getLogger("net.openhft.X").error("not told");
        assertThat(lines()).singleElement().asString().endsWith("told");
        configure(Map.of());
        logger.debug("not told any more");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void librariesAreQuiet() throws IOException {
        configure(Map.of());
        LoggerFactory.getLogger("net.openhft.chronicle.X").info("not told");
        assertThat(lines()).isEmpty();
    }

    @Test
    void onlyADefectHasATrace() throws IOException {
        configure(Map.of());
        logger.error("it failed", new MillraceException(ErrorCode.DISK_FULL, "no space"));
        assertThat(lines()).singleElement().asString().endsWith("it failed: no space");
        logger.error("it failed", new IllegalStateException("broken"));
        assertThat(lines()).hasSizeGreaterThan(3).element(2).isEqualTo("java.lang.IllegalStateException: broken");
    }

    @Test
    void jsonIsOneObjectPerLine() throws IOException {
        configure(Map.of("log.format", "json"));
        logger.error("a \"quoted\"\nmessage", new IllegalStateException("broken"));
        JsonNode line = new ObjectMapper().readTree(lines().get(0));
        assertThat(lines()).hasSize(1);
        assertThat(line.get("time").asText() + " ").matches(TIME);
        assertThat(line.get("level").asText()).isEqualTo("error");
        assertThat(line.get("logger").asText()).isEqualTo("some.where.Logger");
        assertThat(line.get("thread").asText()).isEqualTo("main");
        assertThat(line.get("message").asText()).isEqualTo("a \"quoted\"\nmessage");
        assertThat(line.get("trace").asText()).startsWith("java.lang.IllegalStateException: broken\n");
    }

    @Test
    void aFullFileIsFollowedByTheNext() throws IOException {
        configure(Map.of("log.file-size", "1KiB", "log.files", "2"));
        for (int i = 0; i < 100; i++) {
            logger.info("line {}", i);
        }
        assertThat(lines()).last().asString().endsWith("line 99");
        try (var files = Files.list(directory.resolve("sub"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".lck")))
                    .containsExactlyInAnyOrder("server.log.0", "server.log.1");
        }
    }
}
