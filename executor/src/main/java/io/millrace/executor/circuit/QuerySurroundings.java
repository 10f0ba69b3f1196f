package io.millrace.executor.circuit;

import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.time.EngineClock;

/**
 * What all queries of an engine share.
 *
 * @param origin tells the data directory from all others
 */
public record QuerySurroundings(
        EngineClock clock,
        QueryRegistry registry,
        long resultBufferRows,
        MemoryBudget memory,
        SystemTables systemTables,
        String origin) {}
