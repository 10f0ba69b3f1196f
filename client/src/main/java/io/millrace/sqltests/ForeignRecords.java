package io.millrace.sqltests;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of other runners that are refused, each with what to do instead. */
final class ForeignRecords {
    private static final String WRITE_OUT = "write the records out";
    private static final String ONE_CONNECTION = "a file runs on one connection";
    private static final String NO_EXTENSIONS = "nothing can be loaded or required";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("loop", WRITE_OUT),
            Map.entry("foreach", WRITE_OUT),
            Map.entry("concurrentloop", WRITE_OUT),
            Map.entry("concurrentforeach", WRITE_OUT),
            Map.entry("endloop", WRITE_OUT),
            Map.entry("include", WRITE_OUT),
            Map.entry("let", WRITE_OUT),
            Map.entry("connection", ONE_CONNECTION),
            Map.entry("reconnect", ONE_CONNECTION),
            Map.entry("restart", ONE_CONNECTION),
            Map.entry("load", NO_EXTENSIONS),
            Map.entry("require", NO_EXTENSIONS),
            Map.entry("require-env", NO_EXTENSIONS),
            Map.entry("test-env", NO_EXTENSIONS),
            Map.entry("mode", "use skipif and onlyif"),
            Map.entry("sleep", "time is moved by \"advance clock 10s\""),
            Map.entry("system", "no programs are started"));

    private ForeignRecords() {}

    static @Nullable String reason(String keyword) {
        return REASONS.get(keyword);
    }
}
