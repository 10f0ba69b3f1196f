package io.millrace.executor.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What operators have done in all queries, ended ones too, by the operator's name. Not thread-safe. */
public final class OperatorTotals {
    private final Map<String, OperatorMetrics> ended = new TreeMap<>();

    /** A query has ended. */
    public void add(QueryMetrics query) {
        query.operators().forEach(operator -> merge(ended, operator.ended()));
    }

    /** With the queries that run. */
    public List<OperatorMetrics> with(List<QueryMetrics> running) {
        Map<String, OperatorMetrics> all = new TreeMap<>(ended);
        running.forEach(query -> query.operators().forEach(operator -> merge(all, operator)));
        return new ArrayList<>(all.values());
    }

    private static void merge(Map<String, OperatorMetrics> totals, OperatorMetrics operator) {
        totals.merge(operator.operator(), operator, OperatorMetrics::plus);
    }
}
