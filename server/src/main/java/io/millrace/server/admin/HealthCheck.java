package io.millrace.server.admin;

import java.util.List;

/** Looks at one thing that may be wrong with a server. Thread-safe. */
@FunctionalInterface
interface HealthCheck {
    /** What is wrong, in words for whoever runs the server; nothing when all is well. */
    List<String> problems();
}
