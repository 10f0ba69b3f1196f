package io.millrace.parser.ast;

/** The kinds of objects that can be dropped. */
public enum ObjectType {
    STREAM("STREAM"),
    TABLE("TABLE"),
    VIEW("VIEW"),
    MATERIALIZED_VIEW("MATERIALIZED VIEW"),
    SINK("SINK");

    private final String keyword;

    ObjectType(String keyword) {
        this.keyword = keyword;
    }

    /** As it is written in SQL. */
    public String keyword() {
        return keyword;
    }
}
