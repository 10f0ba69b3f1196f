package io.millrace.server.connector;

import org.jspecify.annotations.Nullable;

/**
 * How a sink is doing.
 *
 * @param position all changes up to it have been written; -1: nothing has been
 * @param files groups written since the server started
 * @param rows written since the server started
 * @param state for people: «running», «paused»
 * @param error why it is paused; null when it is not
 */
public record SinkStatus(
        long position,
        long files,
        long rows,
        String state,
        @Nullable String error) {}
