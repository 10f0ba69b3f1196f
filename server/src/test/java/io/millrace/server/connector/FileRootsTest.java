package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRootsTest {
    @TempDir
    private Path directory;

    private Path root;
    private Path outside;
    private FileRoots roots;

    @BeforeEach
    void makeDirectories() throws IOException {
        root = Files.createDirectory(directory.resolve("root")).toRealPath();
        outside = Files.createDirectory(directory.resolve("outside")).toRealPath();
        roots = FileRoots.of(root + ", " + Files.createDirectory(directory.resolve("second")));
    }

    @Test
    void withoutRootsNothingIsAllowed() {
        assertThatThrownBy(() -> FileRoots.of("").directory("out", true))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("no connector may write files")
                .hasMessageContaining("connector.file.roots");
    }

    @Test
    void directoriesBelowARootAreMade() {
        assertThat(roots.directory("a/b", true)).isEqualTo(root.resolve("a/b")).isDirectory();
        assertThat(roots.directory(root + "/c/../d", true)).isEqualTo(root.resolve("d"));
        assertThat(roots.directory(".", true)).isEqualTo(root);
        assertThat(roots.directory(directory.resolve("second/x").toString(), true))
                .isDirectory();
    }

    @Test
    void aRootCanBeNamedThroughALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), root);
        assertThat(FileRoots.of(link.toString()).directory("a", true)).isEqualTo(root.resolve("a"));
        assertThat(FileRoots.of(link.toString()).directory(root.resolve("b").toString(), true))
                .isEqualTo(root.resolve("b"));
    }

    @Test
    void nothingOutsideIsReached() throws IOException {
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("later"));
        for (String path : new String[] {
            "..", "../outside", "a/../../outside", outside.toString(), root + "-x", "/", "way-out", "way-out/deeper"
        }) {
            assertThatThrownBy(() -> roots.directory(path, true))
                    .as(path)
                    .isInstanceOf(MillraceException.class)
                    .extracting(failure -> ((MillraceException) failure).code())
                    .isEqualTo(ErrorCode.INVALID_PARAMETER);
        }
        assertThatThrownBy(() -> roots.directory("dangling", true)).isInstanceOf(MillraceException.class);
        assertThat(outside).isEmptyDirectory();
        assertThatThrownBy(() -> roots.directory("nul\0", true))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("is no path");
    }

    @Test
    void whatIsGoneIsNotMadeAgain() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        for (String path : new String[] {"missing", file.toString()}) {
            assertThatThrownBy(() -> roots.directory(path, false))
                    .as(path)
                    .isInstanceOf(MillraceException.class)
                    .extracting(failure -> ((MillraceException) failure).code())
                    .isEqualTo(ErrorCode.IO_ERROR);
        }
        assertThat(root.resolve("missing")).doesNotExist();
    }
}
