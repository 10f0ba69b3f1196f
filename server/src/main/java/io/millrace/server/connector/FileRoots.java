package io.millrace.server.connector;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directories under which connectors may write files; nothing outside is reached, by dots or by links either. */
final class FileRoots {
    static final String SETTING = "connector.file.roots";

    private final List<Path> roots;

    private FileRoots(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** @param text paths, separated by commas */
    static FileRoots of(String text) {
        List<Path> roots = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                roots.add(Path.of(part.strip()).toAbsolutePath().normalize());
            }
        }
        return new FileRoots(roots);
    }

    /**
     * The real path of a directory, which exists when this returns.
     *
     * @param path absolute, or below the first root
     * @param creates whether it is made when it is missing
     * @throws MillraceException INVALID_PARAMETER when it is not below a root; IO_ERROR when it is missing or cannot be made
     */
    Path directory(String path, boolean creates) {
        if (roots.isEmpty()) {
            throw refused(
                    "no connector may write files", "The setting " + SETTING + " names directories in which it may.");
        }
        try {
            Path wanted = roots.get(0).resolve(path).normalize();
            for (Path root : roots) {
                Path real = root.toRealPath();
                if (wanted.startsWith(root) || wanted.startsWith(real)) {
                    return directory(wanted, real, path, creates);
                }
            }
        } catch (InvalidPathException malformed) {
            throw refused("\"" + path + "\" is no path", null);
        } catch (IOException failure) {
            throw new MillraceException(
                            ErrorCode.IO_ERROR, "directory \"" + path + "\" cannot be used: " + failure, failure)
                    .withHint("It has to be there, and the server has to be allowed to write in it.");
        }
        throw outside(path);
    }

    private static Path directory(Path wanted, Path root, String path, boolean creates) throws IOException {
        Path existing = wanted;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        Path begin = existing.toRealPath();
        if (!begin.startsWith(root)) {
            throw outside(path);
        }
        Path all = begin.resolve(existing.relativize(wanted));
        if (creates) {
            Durable.createDirectories(all);
        }
        Path real = all.toRealPath();
        if (!real.startsWith(root)) {
            throw outside(path);
        }
        if (!Files.isDirectory(real)) {
            throw new IOException(real + " is no directory");
        }
        return real;
    }

    private static MillraceException outside(String path) {
        return refused(
                "path \"" + path + "\" is in none of the directories in which connectors may write",
                "The setting " + SETTING + " names them.");
    }

    private static MillraceException refused(String message, @Nullable String hint) {
        return new MillraceException(ErrorCode.INVALID_PARAMETER, message, hint, null, null);
    }
}
