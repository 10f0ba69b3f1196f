package io.millrace.server.logging;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.ConsoleHandler;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sets the process's logging up. */
public final class Logging {
    /** Libraries that tell at {@code info} what only their authors want to know. */
    private static final Map<String, LogLevel> LIBRARIES = Map.of(
            "net.openhft", LogLevel.WARN,
            "org.apache.calcite", LogLevel.WARN,
            "io.netty", LogLevel.WARN);
    /** Held, because the JDK forgets the level of a logger that nobody holds. */
    private static final Map<String, Logger> LEVELLED = new TreeMap<>();

    private Logging() {}

    /** Makes lines outlive the beginning of the process's end; before anything is logged. */
    public static void outliveShutdown() {
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    }

    /** May be called again, with other settings. */
    public static synchronized void configure(LogSettings settings) {
        Logger root = Logger.getLogger("");
        Handler handler = handler(settings);
        for (Handler previous : root.getHandlers()) {
            root.removeHandler(previous);
            previous.close();
        }
        handler.setFormatter(settings.format().formatter());
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(settings.level().level());
        LEVELLED.values().forEach(logger -> logger.setLevel(null));
        Map<String, LogLevel> levels = new TreeMap<>(LIBRARIES);
        levels.putAll(settings.levels());
        levels.forEach((name, level) ->
                LEVELLED.computeIfAbsent(name, Logger::getLogger).setLevel(level.level()));
    }

    private static Handler handler(LogSettings settings) {
        if (settings.file().isEmpty()) {
            return new ConsoleHandler();
        }
        Path file = settings.file().get().toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
            String pattern = file.toString().replace("%", "%%") + ".%g";
            return new FileHandler(pattern, settings.fileSize().bytes(), settings.files(), true);
        } catch (IOException failure) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "cannot log to " + file + ": " + failure.getMessage(), failure);
        }
    }
}
