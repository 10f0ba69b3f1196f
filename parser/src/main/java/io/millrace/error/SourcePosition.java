package io.millrace.error;

/** A place in a SQL text; {@code line} and {@code column} count from 1. */
public record SourcePosition(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
