package io.millrace.planner;

import io.millrace.parser.ParserLimits;
import java.time.Duration;

/**
 * How much planning a statement may cost.
 *
 * @param text of the statement
 * @param columns of a relation, also of one in the middle of a query
 * @param groupingSets that a GROUP BY comes to
 * @param nodes of the tree that the statement is, and operators of the plan that it becomes
 * @param levels of an expression or of queries within queries
 * @param planningTime after which a statement is given up
 * @param slowPlannings that are under way or wait, of statements that take longer than most
 */
public record PlannerLimits(
        ParserLimits text,
        int columns,
        int groupingSets,
        int nodes,
        int levels,
        Duration planningTime,
        int slowPlannings) {
    public static final String COLUMNS = "limits.columns";
    public static final String GROUPING_SETS = "limits.grouping-sets";
    public static final String PLAN_NODES = "limits.plan-nodes";
    public static final String LEVELS = "limits.levels";
    public static final String PLANNING_TIME = "limits.planning-time";
    public static final String SLOW_PLANNINGS = "limits.slow-plannings";

    public static final PlannerLimits DEFAULT =
            new PlannerLimits(ParserLimits.DEFAULT, 1_600, 64, 20_000, 300, Duration.ofSeconds(5), 8);
}
