package io.millrace.shell;

/** How results are written. */
enum OutputFormat {
    TABLE,
    CSV,
    JSON
}
