package io.millrace.executor.metrics;

import java.util.List;

/**
 * What the engine has done and holds.
 *
 * @param queryMemoryBytes held by all queries
 * @param operators by name, over all queries since the start
 */
public record EngineMetrics(
        long queryMemoryBytes, long queryMemoryLimitBytes, StepMetrics steps, List<OperatorMetrics> operators) {
    public EngineMetrics {
        operators = List.copyOf(operators);
    }
}
