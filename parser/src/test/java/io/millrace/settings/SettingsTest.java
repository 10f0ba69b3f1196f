package io.millrace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private enum Level {
        LOW,
        HIGH
    }

    private record Area(
            @Setting(key = "area.count", value = "7", min = 1, max = 100, description = "how many")
            int count,

            @Setting(key = "area.total", value = "5000000000", description = "how many in all")
            long total,

            @Setting(key = "area.pause", value = "30s", max = 86_400_000, description = "how long")
            Duration pause,

            @Setting(key = "area.room", value = "64MiB", min = 1024, description = "how large")
            ByteSize room,

            @Setting(key = "area.on", value = "true", description = "whether")
            boolean isOn,

            @Setting(key = "area.place", value = "here", description = "where")
            Path place,

            @Setting(key = "area.level", value = "low", description = "how high")
            Level level,

            @Setting(key = "area.file", value = "", description = "where else")
            Optional<Path> file,

            @Setting(key = "area.level.*", value = "", description = "how high, by name")
            Map<String, Level> levels) {
        private Area {
            if (count > total) {
                throw new IllegalArgumentException("area.count is more than area.total");
            }
        }
    }

    private final SettingsSchema schema = new SettingsSchema(Area.class);

    private Area with(String key, String text) {
        return schema.defaults().with(key, text, "test").area(Area.class);
    }

    @Test
    void whatNobodySetsHasItsDefault() {
        assertThat(schema.defaults().area(Area.class))
                .isEqualTo(new Area(
                        7,
                        5_000_000_000L,
                        Duration.ofSeconds(30),
                        ByteSize.ofMebibytes(64),
                        true,
                        Path.of("here"),
                        Level.LOW,
                        Optional.empty(),
                        Map.of()));
    }

    @Test
    void aLaterSourceGoesBeforeAnEarlierOne() {
        Settings settings = schema.defaults().with("area.count", "8", "file").with("area.count", "9", "--set");
        assertThat(settings.area(Area.class).count()).isEqualTo(9);
        assertThat(settings.values())
                .filteredOn(value -> value.key().equals("area.count"))
                .singleElement()
                .satisfies(value -> assertThat(value.source()).isEqualTo("--set"));
    }

    @Test
    void aFamilyTakesAnyNameAndLeavesThePlainKeyAlone() {
        Area area = schema.defaults()
                .with(Map.of("area.level.io.netty", "HIGH", "area.level.x", "low"), "test")
                .area(Area.class);
        assertThat(area.levels()).containsExactlyInAnyOrderEntriesOf(Map.of("io.netty", Level.HIGH, "x", Level.LOW));
        assertThat(area.level()).isEqualTo(Level.LOW);
    }

    @Test
    void aRecordSeesWhatIsWrongBetweenItsSettings() {
        assertThatThrownBy(() -> with("area.total", "3"))
                .isInstanceOf(MillraceException.class)
                .hasMessage("area.count is more than area.total");
    }

    @Nested
    @DisplayName("values")
    class Values {
        @ParameterizedTest
        @CsvSource({"0, 0", "250ms, 250", "30s, 30000", "5m, 300000", "2 h, 7200000", "1d, 86400000"})
        void durationsHaveAUnit(String text, long millis) {
            assertThat(with("area.pause", text).pause()).isEqualTo(Duration.ofMillis(millis));
        }

        @ParameterizedTest
        @CsvSource({
            "1024B, 1024",
            "1KiB, 1024",
            "3mib, 3145728",
            "2 GiB, 2147483648",
            "1TiB, 1099511627776",
            "5kB, 5000"
        })
        void sizesHaveAUnit(String text, long bytes) {
            assertThat(with("area.room", text).room()).isEqualTo(new ByteSize(bytes));
        }

        @Test
        void aSizeMayBeAShareOfTheHeap() {
            long heap = Runtime.getRuntime().maxMemory();
            assertThat(with("area.room", "25%").room().bytes()).isBetween(heap / 4 - 100, heap / 4);
        }

        @ParameterizedTest
        @CsvSource({
            "area.count, 0, a whole number from 1 to 100",
            "area.count, 101, a whole number from 1 to 100",
            "area.count, many, a whole number from 1 to 100",
            "area.count, 99999999999999999999, a whole number from 1 to 100",
            "area.total, -1, a whole number of at least 0",
            "area.pause, 30, 'a duration such as 500ms, 30s, 5m, 1h or 1d, at most 1d'",
            "area.pause, -1s, 'a duration such as 500ms, 30s, 5m, 1h or 1d, at most 1d'",
            "area.pause, 25h, 'a duration such as 500ms, 30s, 5m, 1h or 1d, at most 1d'",
            "area.pause, 999999999999999d, 'a duration such as 500ms, 30s, 5m, 1h or 1d, at most 1d'",
            "area.room, 64, 'a size such as 512KiB, 64MiB or 1GiB, or 25% of the heap, at least 1KiB'",
            "area.room, 64XB, 'a size such as 512KiB, 64MiB or 1GiB, or 25% of the heap, at least 1KiB'",
            "area.room, 1B, 'a size such as 512KiB, 64MiB or 1GiB, or 25% of the heap, at least 1KiB'",
            "area.room, 101%, 'a size such as 512KiB, 64MiB or 1GiB, or 25% of the heap, at least 1KiB'",
            "area.on, yes, 'one of true, false'",
            "area.level, middle, 'one of low, high'",
            "area.place, '', a path",
            "area.level.x, middle, 'one of low, high'"
        })
        void aWrongOneIsRefusedWithWhatIsExpected(String key, String text, String expected) {
            assertThatThrownBy(() -> with(key, text))
                    .isInstanceOf(MillraceException.class)
                    .hasMessage("test: wrong value \"" + text + "\" for " + key + "; expected " + expected);
        }
    }

    @Nested
    @DisplayName("unknown keys")
    class UnknownKeys {
        @ParameterizedTest
        @CsvSource({"area.cuont, area.count", "AREA.COUNT, area.count", "count, area.count", "zone.pause, area.pause"})
        void theNearestKnownOneIsNamed(String typed, String known) {
            assertThatThrownBy(() -> with(typed, "1"))
                    .isInstanceOf(MillraceException.class)
                    .hasMessage("test: unknown setting \"" + typed + "\"; the nearest known one is " + known);
        }

        @ParameterizedTest
        @ValueSource(strings = {"area", "area.level.", "", "area.count.x"})
        void aPartOfAKeyIsNone(String typed) {
            assertThatThrownBy(() -> with(typed, "low")).hasMessageContaining("unknown setting");
        }
    }

    @Nested
    @DisplayName("the file")
    class TheFile {
        @TempDir
        private Path directory;

        private Path write(String text) throws IOException {
            return Files.writeString(directory.resolve("server.properties"), text);
        }

        @Test
        void isReadWithCommentsAndBlanks() throws IOException {
            Path file = write("# a comment\n\narea.count = 12\narea.place=/tmp/ä b \n  area.file :x\n");
            assertThat(SettingsFile.read(file))
                    .isEqualTo(Map.of("area.count", "12", "area.place", "/tmp/ä b ", "area.file", "x"));
        }

        @Test
        void mayNotSetAKeyTwice() throws IOException {
            Path file = write("area.count = 1\narea.count = 2\n");
            assertThatThrownBy(() -> SettingsFile.read(file))
                    .hasMessage("cannot read " + file + ": the key \"area.count\" stands in it twice");
        }

        @Test
        void mustBeThere() {
            Path file = directory.resolve("none");
            assertThatThrownBy(() -> SettingsFile.read(file)).hasMessage("there is no file " + file);
        }

        @Test
        void isWrittenSoThatItReadsTheSame() throws IOException {
            Settings settings = schema.defaults()
                    .with(Map.of("area.count", "12", "area.place", "C:\\new", "area.level.a.b", "high"), "test");
            String text = SettingsFile.write(settings);
            Settings read = schema.defaults().with(SettingsFile.read(write(text)), "file");
            assertThat(read.area(Area.class)).isEqualTo(settings.area(Area.class));
            assertThat(text).contains("""
                    # how many
                    # number: a whole number from 1 to 100; default: 7
                    # from test
                    area.count = 12
                    """).contains("""
                    # how long
                    # duration: a duration such as 500ms, 30s, 5m, 1h or 1d, at most 1d; default: 30s
                    area.pause = 30s
                    """);
        }
    }
}
