package io.millrace.sqltests;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The text of a SQL file, and where its lines are in it. Lines end with LF or CRLF. */
public final class SqlFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final String text;
    private final List<Line> lines = new ArrayList<>();

    /** From {@code start} to {@code end} without, to {@code next} with the end of the line. */
    private record Line(int start, int end, int next) {}

    SqlFile(String name, String text) {
        this.name = name;
        this.text = text;
        int start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int next = feed < 0 ? text.length() : feed + 1;
            int end = feed < 0 ? next : feed;
            if (end > start && text.charAt(end - 1) == '\r') {
                end--;
            }
            lines.add(new Line(start, end, next));
            start = next;
        }
    }

    /** Reads a file in UTF-8. */
    public static SqlFile read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SqlFile(path.toString(), text);
        } catch (CharacterCodingException malformed) {
            throw new MalformedFileException(1, "the file is not in UTF-8");
        }
    }

    /** The path as it was given. */
    public String name() {
        return name;
    }

    String text() {
        return text;
    }

    int lineCount() {
        return lines.size();
    }

    /** @param number counts from 0 */
    String line(int number) {
        return text.substring(lines.get(number).start(), lines.get(number).end());
    }

    /** Where this line begins; behind the last line, where the text ends. */
    int offset(int number) {
        return number < lines.size() ? lines.get(number).start() : text.length();
    }

    /** What ends a line of this file. */
    String lineEnd() {
        return !lines.isEmpty() && text.startsWith("\r\n", lines.get(0).end()) ? "\r\n" : "\n";
    }
}
