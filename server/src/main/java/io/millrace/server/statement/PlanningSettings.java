package io.millrace.server.statement;

import io.millrace.parser.ParserLimits;
import io.millrace.planner.PlannerLimits;
import io.millrace.settings.Setting;
import java.time.Duration;

/** How much a statement may ask of the parser and the planner. */
public record PlanningSettings(
        @Setting(
                key = ParserLimits.STATEMENT_LENGTH,
                value = "262144",
                min = 1_000,
                max = 16 << 20,
                description = "characters of a statement")
        int statementLength,

        @Setting(
                key = ParserLimits.TOKENS,
                value = "50000",
                min = 100,
                max = 1_000_000,
                description = "tokens of a statement")
        int tokens,

        @Setting(
                key = ParserLimits.NESTING,
                value = "200",
                min = 10,
                max = 500,
                description = "parentheses, brackets and CASE within each other")
        int nesting,

        @Setting(
                key = ParserLimits.WORD_LENGTH,
                value = "1000",
                min = 128,
                max = 1_000_000,
                description = "characters of a name or a number")
        int wordLength,

        @Setting(
                key = ParserLimits.OPERATORS,
                value = "2000",
                min = 10,
                max = 20_000,
                description = "operators of an expression")
        int operators,

        @Setting(
                key = ParserLimits.LIST_ITEMS,
                value = "10000",
                min = 10,
                max = 1_000_000,
                description = "items of a list in parentheses, such as that of IN")
        int listItems,

        @Setting(
                key = PlannerLimits.COLUMNS,
                value = "1600",
                min = 10,
                max = 100_000,
                description = "columns of a row, also of one in the middle of a query")
        int columns,

        @Setting(
                key = PlannerLimits.GROUPING_SETS,
                value = "64",
                min = 1,
                max = 4_096,
                description = "grouping sets that a GROUP BY comes to")
        int groupingSets,

        @Setting(
                key = PlannerLimits.PLAN_NODES,
                value = "20000",
                min = 100,
                max = 1_000_000,
                description = "parts of a query's text, and operators of the plan that it becomes")
        int nodes,

        @Setting(
                key = PlannerLimits.LEVELS,
                value = "300",
                min = 10,
                max = 1_000,
                description = "levels of an expression, or of queries within queries")
        int levels,

        @Setting(
                key = PlannerLimits.PLANNING_TIME,
                value = "5s",
                min = 100,
                description = "after which the planning of a statement is given up")
        Duration planningTime,

        @Setting(
                key = PlannerLimits.SLOW_PLANNINGS,
                value = "8",
                min = 1,
                max = 1_000,
                description = "statements at once that take more than 250 ms of a processor to plan; they take turns")
        int slowPlannings) {
    /** What the planner is given. */
    public PlannerLimits limits() {
        return new PlannerLimits(
                new ParserLimits(statementLength, tokens, nesting, wordLength, operators, listItems),
                columns,
                groupingSets,
                nodes,
                levels,
                planningTime,
                slowPlannings);
    }
}
