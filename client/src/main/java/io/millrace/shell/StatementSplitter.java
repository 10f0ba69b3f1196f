package io.millrace.shell;

import org.jspecify.annotations.Nullable;

/** Finds the statements in a text that comes in pieces: {@code ;} ends one, unless in quotes or in a comment. */
final class StatementSplitter {
    private final StringBuilder text = new StringBuilder();

    private int position;
    private State state = State.CODE;
    private int line = 1;
    private int column = 1;
    private int start = -1;
    private int startLine;
    private int startColumn;

    private enum State {
        CODE,
        TEXT,
        NAME,
        LINE_COMMENT,
        BLOCK_COMMENT
    }

    void add(CharSequence piece) {
        text.append(piece);
    }

    /** The next statement that is ended by {@code ;}, or null when more text is needed. */
    @Nullable
    ScriptStatement next() {
        while (position < text.length()) {
            char c = text.charAt(position);
            // two characters decide, and the second may not be there yet
            boolean needsMore = (c == '-' || c == '/' || c == '*') && position + 1 == text.length();
            if (needsMore) {
                return null;
            }
            if (state == State.CODE && c == ';') {
                ScriptStatement statement = take();
                step(1);
                text.delete(0, position);
                position = 0;
                if (statement != null) {
                    return statement;
                }
            } else {
                scan(c);
            }
        }
        return null;
    }

    /** What is left behind the last {@code ;} when the text has ended; null if nothing but blanks and comments. */
    @Nullable
    ScriptStatement rest() {
        while (position < text.length()) {
            scan(text.charAt(position));
        }
        ScriptStatement rest = take();
        text.setLength(0);
        position = 0;
        return rest;
    }

    /** Whether a statement has begun, or a comment that must be closed. */
    boolean isInside() {
        return start >= 0 || state == State.BLOCK_COMMENT;
    }

    private @Nullable ScriptStatement take() {
        if (start < 0) {
            return null;
        }
        String sql = text.substring(start, position).stripTrailing();
        start = -1;
        return new ScriptStatement(sql, startLine, startColumn);
    }

    private void scan(char c) {
        switch (state) {
            case CODE -> scanCode(c);
            case TEXT -> leaveAt(c == '\'', 1);
            case NAME -> leaveAt(c == '"', 1);
            case LINE_COMMENT -> leaveAt(c == '\n', 1);
            case BLOCK_COMMENT -> {
                boolean ends = c == '*' && follows('/');
                leaveAt(ends, ends ? 2 : 1);
            }
        }
    }

    private void scanCode(char c) {
        if (c == '-' && follows('-')) {
            enter(State.LINE_COMMENT, 2);
        } else if (c == '/' && follows('*')) {
            enter(State.BLOCK_COMMENT, 2);
        } else {
            if (start < 0 && !Character.isWhitespace(c)) {
                start = position;
                startLine = line;
                startColumn = column;
            }
            State next = c == '\'' ? State.TEXT : c == '"' ? State.NAME : State.CODE;
            enter(next, 1);
        }
    }

    private boolean follows(char expected) {
        return position + 1 < text.length() && text.charAt(position + 1) == expected;
    }

    private void enter(State next, int characters) {
        state = next;
        step(characters);
    }

    private void leaveAt(boolean ends, int characters) {
        enter(ends ? State.CODE : state, characters);
    }

    private void step(int characters) {
        for (int i = 0; i < characters; i++) {
            boolean isEnd = text.charAt(position++) == '\n';
            line += isEnd ? 1 : 0;
            column = isEnd ? 1 : column + 1;
        }
    }
}
