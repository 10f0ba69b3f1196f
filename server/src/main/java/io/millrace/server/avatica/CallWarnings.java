package io.millrace.server.avatica;

import io.millrace.server.statement.StatementWarning;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The warnings of one request; they travel in a header, because Avatica's messages have no room for them. */
final class CallWarnings {
    static final String HEADER = "X-Millrace-Warning";

    /** A client's limit to headers is some kilobytes. */
    private static final int MAX_WARNINGS = 10;

    private static final int MAX_LENGTH = 300;

    private final List<StatementWarning> warnings = new ArrayList<>();

    void add(List<StatementWarning> added) {
        warnings.addAll(added);
    }

    /** Each as {@code <SQLSTATE> <text, percent-encoded>}. */
    List<String> headers() {
        return warnings.stream()
                .limit(MAX_WARNINGS)
                .map(warning -> warning.sqlState() + " " + encode(warning.message()))
                .toList();
    }

    private static String encode(String message) {
        String text = message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "…";
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
