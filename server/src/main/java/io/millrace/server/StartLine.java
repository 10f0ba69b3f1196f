package io.millrace.server;

import io.millrace.executor.EngineSettings;
import io.millrace.server.net.NetworkSettings;
import io.millrace.settings.ByteSize;
import io.millrace.settings.SettingValue;
import java.util.List;

/** What the log says first: all that one asks when a log is read far from its machine. */
final class StartLine {
    private StartLine() {}

    static String of(ServerSettings settings) {
        Runtime runtime = Runtime.getRuntime();
        List<String> changed = settings.values().values().stream()
                .filter(value -> !value.isDefault())
                .map(StartLine::assignment)
                .toList();
        return "millrace " + VersionProvider.version() + " on Java " + Runtime.version() + ", process "
                + ProcessHandle.current().pid() + ", " + runtime.availableProcessors() + " processors, heap "
                + ByteSize.ofMebibytes(runtime.maxMemory() >> 20) + ", data in "
                + settings.area(EngineSettings.class).dataDirectory().toAbsolutePath() + ", port "
                + settings.area(NetworkSettings.class).port() + ", set: "
                + (changed.isEmpty() ? "nothing" : String.join(", ", changed));
    }

    private static String assignment(SettingValue value) {
        return value.key() + "=" + value.text();
    }
}
