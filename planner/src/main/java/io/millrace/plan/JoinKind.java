package io.millrace.plan;

/** What a join does with rows that have no partner. */
public enum JoinKind {
    /** Drops them. */
    INNER,
    /** Gives those of the left input with NULLs. */
    LEFT,
    /** Gives those of the right input with NULLs. */
    RIGHT,
    /** Gives those of both inputs with NULLs. */
    FULL,
    /** As LEFT, but a second partner of a left row is an error: the value of a sub-query. */
    SINGLE,
    /** Gives each left row that has a partner, once, and nothing of the right input. */
    SEMI,
    /** Gives each left row that has no partner, and nothing of the right input. */
    ANTI;

    public boolean keepsLeft() {
        return this == LEFT || this == FULL || this == SINGLE;
    }

    public boolean keepsRight() {
        return this == RIGHT || this == FULL;
    }

    /** Whether the output is the left row alone. */
    public boolean isFilter() {
        return this == SEMI || this == ANTI;
    }
}
