package io.millrace.shell;

import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor where words are, and that a statement goes on until {@code ;}. */
final class SqlLineParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && isOpen(line)) {
            throw new EOFError(-1, cursor, "a statement ends with ;");
        }
        int start = cursor;
        while (start > 0 && isWordPart(line.charAt(start - 1))) {
            start--;
        }
        int end = cursor;
        while (end < line.length() && isWordPart(line.charAt(end))) {
            end++;
        }
        return new Word(line, cursor, start, end);
    }

    /** Whether more lines are needed. */
    static boolean isOpen(String text) {
        if (ShellCommand.isCommand(text)) {
            return false;
        }
        StatementSplitter splitter = new StatementSplitter();
        splitter.add(text);
        while (splitter.next() != null) {
            // only what is behind the last ; matters
        }
        return splitter.isInside();
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '"' || c == '\\';
    }

    /** The word at the cursor. */
    private record Word(String line, int cursor, int start, int end) implements CompletingParsedLine {
        @Override
        public String word() {
            return line.substring(start, end);
        }

        @Override
        public int wordCursor() {
            return cursor - start;
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word());
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return end - start;
        }
    }
}
