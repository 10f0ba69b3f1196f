package io.millrace.executor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryIdentityTest {
    @TempDir
    Path directory;

    @TempDir
    Path other;

    @Test
    void stays_and_is_that_of_no_other_directory() {
        String given = DirectoryIdentity.of(directory);
        assertThat(DirectoryIdentity.of(directory)).isEqualTo(given);
        assertThat(DirectoryIdentity.of(other)).isNotEqualTo(given);
    }

    @Test
    void is_another_when_its_file_is_damaged() throws IOException {
        String given = DirectoryIdentity.of(directory);
        Files.writeString(directory.resolve("identity"), given.substring(1));
        String replaced = DirectoryIdentity.of(directory);
        assertThat(replaced).isNotEqualTo(given).matches("[-0-9a-f]{36}");
        assertThat(DirectoryIdentity.of(directory)).isEqualTo(replaced);
    }
}
