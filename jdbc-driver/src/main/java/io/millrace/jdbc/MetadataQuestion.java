package io.millrace.jdbc;

/** What is asked of the server in words of its own, because Avatica's protocol has none for it. */
enum MetadataQuestion {
    PRIMARY_KEYS,
    INDEXES,
    ROW_IDENTIFIERS,
    PSEUDO_COLUMNS,
    FUNCTIONS,
    FUNCTION_COLUMNS
}
